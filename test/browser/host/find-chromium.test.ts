import { describe, expect, it } from '@jest/globals';
import { findChromium } from '../support/browser.ts';

describe('the search for a browser', () => {
  it('takes the program that CHROMIUM_PATH names', () => {
    expect(findChromium({ CHROMIUM_PATH: '/opt/browser' }, () => true)).toBe('/opt/browser');
  });

  it('says so when CHROMIUM_PATH names nothing', () => {
    expect(() => findChromium({ CHROMIUM_PATH: '/opt/browser' }, () => false)).toThrow(
      '/opt/browser, which does not exist',
    );
  });

  it('looks in the usual places', () => {
    expect(findChromium({}, (file) => file === '/usr/bin/google-chrome')).toBe('/usr/bin/google-chrome');
  });

  it('says what to install when there is none', () => {
    expect(() => findChromium({}, () => false)).toThrow(/Install one .* or set CHROMIUM_PATH/);
  });
});
