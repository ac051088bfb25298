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
