/** The parser of the `edifact` package, which brings no types: an online parser with a handler per token. */
declare module 'edifact/parser.js' {
  class Parser {
    constructor(validator?: undefined, config?: Readonly<Record<string, number>>);
    onopensegment(tag: string): void;
    onclosesegment(): void;
    onelement(): void;
    oncomponent(text: string): void;
    encoding(level: string): void;
    write(chunk: string): void;
  }
  export = Parser;
}
