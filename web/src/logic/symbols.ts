import { kMostSymbolBytes, kMostViewSymbols } from '../api/types';
import { count } from './format';

/** Tickers out of what somebody typed or pasted: separated by blanks or commas, each once. */
export function parseSymbols(text: string): string[] {
  return [
    ...new Set(
      text
        .split(/[\s,;]+/)
        .filter(Boolean)
        .map(capitals),
    ),
  ];
}

/** Somebody in a hurry types aapl. Mixed case means something: BACpE is a preferred share. */
function capitals(symbol: string): string {
  return symbol === symbol.toLowerCase() ? symbol.toUpperCase() : symbol;
}

/** Why the server would not take them as a choice of what to see; "" if it would. */
export function whyTooMuch(symbols: readonly string[]): string {
  if (symbols.length > kMostViewSymbols) {
    return `At most ${count(kMostViewSymbols)} symbols: these are ${count(symbols.length)}.`;
  }
  const long = symbols.find((symbol) => bytesOf(symbol) > kMostSymbolBytes);
  return long ? `${long.slice(0, 20)}… is longer than any symbol.` : '';
}

const kEncoder = new TextEncoder();
const bytesOf = (text: string) => kEncoder.encode(text).length;

/** Those that contain the text; those that begin with it first. `symbols` is sorted and stays so. */
export function searchSymbols(symbols: readonly string[], text: string): readonly string[] {
  const wanted = text.trim().toUpperCase();
  if (!wanted) return symbols;
  const first: string[] = [];
  const rest: string[] = [];
  for (const symbol of symbols) {
    const at = symbol.toUpperCase().indexOf(wanted);
    if (at === 0) first.push(symbol);
    else if (at > 0) rest.push(symbol);
  }
  return first.concat(rest);
}
