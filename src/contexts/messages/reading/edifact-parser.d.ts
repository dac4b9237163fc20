/** The parser of the `edifact` package, which brings no types: an online parser with a handler per token. */
declare module 'edifact/parser.js' {
  class Parser {
    constructor(validator?: undefined, config?: Readonly<Record<string, number>>);
    /** Which part of a segment comes next; 1 between two. */
    state: number;
    onopensegment(tag: string): void;
    onclosesegment(): void;
    onelement(): void;
    oncomponent(text: string): void;
    encoding(level: string): void;
    write(chunk: string): void;
  }
  export = Parser;
}
