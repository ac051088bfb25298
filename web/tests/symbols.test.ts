import { expect, test } from 'vitest';
import { parseSymbols, searchSymbols, whyTooMuch } from '../src/logic/symbols';

test('symbols come apart at blanks, commas and line ends, each once', () => {
  expect(parseSymbols(' AAPL, NVDA\nTSLA  AAPL;')).toEqual(['AAPL', 'NVDA', 'TSLA']);
});

test('small letters are meant as capitals, mixed ones as they are', () => {
  expect(parseSymbols('aapl BACpE brk.b')).toEqual(['AAPL', 'BACpE', 'BRK.B']);
});

test('a search finds what begins with the text before what contains it', () => {
  expect(searchSymbols(['AAPL', 'BAA', 'CAT', 'PAAL'], 'aa')).toEqual(['AAPL', 'BAA', 'PAAL']);
});

test('an empty search finds all', () => {
  expect(searchSymbols(['A', 'B'], ' ')).toEqual(['A', 'B']);
});

test('no more symbols are chosen than the server takes', () => {
  const many = Array.from({ length: 1001 }, (_, i) => `S${i}`);
  expect(whyTooMuch(many.slice(1))).toBe('');
  expect(whyTooMuch(many)).toBe('At most 1,000 symbols: these are 1,001.');
  expect(whyTooMuch(['X'.repeat(64)])).toBe('');
  expect(whyTooMuch(['X'.repeat(65)])).toContain('longer');
});
