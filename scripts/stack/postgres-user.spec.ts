import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allowed, makeOwnFolder, mayEnter } from './postgres-user.mjs';

const other = { uid: 65_534, gid: 65_534, name: 'nobody' };

describe('the user that Postgres runs as', () => {
  it('may enter a folder as its owner, its group or everybody may', () => {
    expect(allowed({ uid: other.uid, gid: 0, mode: 0o700 }, other)).toBe(true);
    expect(allowed({ uid: other.uid, gid: 0, mode: 0o077 }, other)).toBe(false);
    expect(allowed({ uid: 0, gid: other.gid, mode: 0o710 }, other)).toBe(true);
    expect(allowed({ uid: 0, gid: other.gid, mode: 0o701 }, other)).toBe(false);
    expect(allowed({ uid: 0, gid: 0, mode: 0o755 }, other)).toBe(true);
    expect(allowed({ uid: 0, gid: 0, mode: 0o750 }, other)).toBe(false);
  });

  describe('on a path', () => {
    const base = mkdtempSync(join(tmpdir(), 'postgres-user-spec-'));
    const inner = join(base, 'closed', 'inner');
    mkdirSync(inner, { recursive: true });
    afterAll(() => rmSync(base, { recursive: true }));

    it('can not reach what lies below a closed folder, however open it is itself', () => {
      chmodSync(base, 0o755);
      chmodSync(join(base, 'closed'), 0o755);
      chmodSync(inner, 0o777);
      expect(mayEnter(inner, other)).toBe(true);
      expect(mayEnter(join(inner, 'not', 'made', 'yet'), other)).toBe(true);
      chmodSync(join(base, 'closed'), 0o700);
      expect(mayEnter(inner, other)).toBe(false);
      expect(mayEnter(join(inner, 'not', 'made', 'yet'), other)).toBe(false);
    });

    it('gets no folder that somebody else can write to', () => {
      const folder = join(base, 'own');
      makeOwnFolder(folder);
      expect(() => makeOwnFolder(folder)).not.toThrow();
      chmodSync(folder, 0o777);
      expect(() => makeOwnFolder(folder)).toThrow(/only its owner/);
    });
  });
});
