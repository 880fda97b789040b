import { parseArgs } from 'node:util';
import { readPolicyFile, shippedPolicy } from './config-policy.ts';
import { refused } from './config-words.ts';
import { policyColumns } from './domain/actions.ts';
import { botRoles } from './domain/bot-roles.ts';
import type { PolicySettings } from './domain/policy.ts';
import { explain, policyRows } from './policy-words.ts';

const roles = ['owner', 'user', 'none'] as const;
const accounts = ['free', 'standard', 'guest'] as const;
const usage = `Usage: npm run policy:explain -- --who ${roles.join('|')} --what ${policyColumns.join('|')} [--account ${accounts.join('|')}]
         [--roles R]    the person's roles here, with commas: ${botRoles.join(', ')}
         [--azure]      done with Steward's own rights in Azure
         [--assets N]   how many assets it is about
         [--others]     some of them are not certainly the person's own
         [--file F]     another file than the shipped one
         [--table]      the whole policy as a table instead`;

/** Prints what the policy says to somebody who asks for something, and why. Returns the exit code. */
function main(): number {
  const { values } = parseArgs({
    options: {
      who: { type: 'string' },
      what: { type: 'string' },
      account: { type: 'string', default: 'free' },
      assets: { type: 'string' },
      roles: { type: 'string', default: '' },
      azure: { type: 'boolean', default: false },
      others: { type: 'boolean', default: false },
      file: { type: 'string' },
      table: { type: 'boolean', default: false },
    },
  });
  const settings = policyOf(values.file);
  if (typeof settings === 'string') {
    console.error(settings);
    return 2;
  }
  if (values.table) {
    console.log(policyRows(settings).join('\n'));
    return 0;
  }
  const role = roles.find((each) => each === values.who);
  const what = policyColumns.find((each) => each === values.what);
  const accountType = accounts.find((each) => each === values.account);
  const assets = values.assets === undefined ? undefined : Number(values.assets);
  const isCount = assets === undefined || (Number.isInteger(assets) && assets >= 0);
  if (role === undefined || what === undefined || accountType === undefined || !isCount) {
    console.error(usage);
    return 2;
  }
  const named = values.roles.split(',').filter((each) => each.trim() !== '');
  const own = botRoles.filter((each) => named.some((one) => one.trim() === each));
  if (own.length !== named.length) {
    console.error(usage);
    return 2;
  }
  const facts = { ownRights: values.azure, othersAssets: values.others, botRoles: own };
  const question = { action: what, accountType, role, ...facts };
  console.log(explain(assets === undefined ? question : { ...question, assets }, settings).join('\n'));
  return 0;
}

/** The rules of a file, or the shipped ones; a sentence when they cannot be read. */
function policyOf(file: string | undefined): PolicySettings | string {
  if (file === undefined) return { ...shippedPolicy(), approversExist: true };
  const read = readPolicyFile(file);
  return refused(read) ? `The file ${read.sentence}` : { ...read, approversExist: true };
}

try {
  process.exitCode = main();
} catch (error) {
  if (!isUnknownOption(error)) throw error;
  console.error(usage);
  process.exitCode = 2;
}

function isUnknownOption(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
