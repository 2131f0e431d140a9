// These start processes and wait for outages to end.
jest.setTimeout(120_000);
