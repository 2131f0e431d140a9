// A statement takes milliseconds; a database is cloned in a second on a busy machine.
jest.setTimeout(30_000);
