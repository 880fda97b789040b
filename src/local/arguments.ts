import { type ParseArgsConfig, parseArgs } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * The arguments of a command. With `--help` it prints the usage and ends; with an argument that there is not it says
 * so, prints the usage and ends with code 2, the one for wrong arguments.
 */
export function readArguments<const Given extends Options>(usage: string, options: Given) {
  try {
    const { values } = parseArgs({ options });
    if ((values as { help?: unknown }).help !== true) return values;
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  } catch (error) {
    // The first sentence names the argument; what follows is about Node's own rules.
    const [sentence] = (error instanceof Error ? error.message : String(error)).split(/\.(?:\s|$)/u);
    process.stderr.write(`${sentence}.\n\n${usage}\n`);
    process.exit(2);
  }
}
