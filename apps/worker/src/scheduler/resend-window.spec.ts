import { ResendWindow } from './resend-window.js';

describe('what was published', () => {
  it('is remembered for as long as the window lasts', () => {
    const window = new ResendWindow(10_000, 100);
    window.add(1, 0);
    expect(window.ageOf(1, 9_999)).toBe(9_999);
    expect(window.ageOf(1, 10_000)).toBeUndefined();
    expect(window.ageOf(2, 0)).toBeUndefined();
  });

  it('takes room until then, so that memory is bounded', () => {
    const window = new ResendWindow(10_000, 3);
    window.add(1, 0);
    window.add(2, 5_000);
    window.add(3, 6_000);
    expect(window.roomAt(9_999)).toBe(0);
    expect(window.roomAt(10_000)).toBe(1);
    expect(window.roomAt(15_999)).toBe(2);
  });

  it('and is published again counts from then on', () => {
    const window = new ResendWindow(10_000, 3);
    window.add(1, 0);
    window.add(2, 1_000);
    window.add(1, 10_000);
    expect(window.roomAt(11_000)).toBe(2);
    expect(window.ageOf(1, 19_999)).toBe(9_999);
  });
});
