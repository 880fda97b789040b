import { type ParseArgsConfig, parseArgs } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * Parses the arguments of a command. Prints the usage and exits for `--help`; for an unknown argument prints the error
 * and the usage and exits with code 2, the conventional one for wrong arguments.
 */
export function readArguments<const Given extends Options>(usage: string, options: Given) {
  try {
    const { values } = parseArgs({ options });
    if ((values as { help?: unknown }).help !== true) return values;
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  } catch (error) {
    // The first sentence of Node's message names the argument; the rest explains Node's own rules.
    const [sentence] = (error instanceof Error ? error.message : String(error)).split(/\.(?:\s|$)/u);
    process.stderr.write(`${sentence}.\n\n${usage}\n`);
    process.exit(2);
  }
}
