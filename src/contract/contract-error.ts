/** The contract cannot be served. `problems` contains every reason. */
export class ContractError extends Error {
  override name = 'ContractError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(
      `openapi.yaml cannot be served:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
    this.problems = problems;
  }
}
