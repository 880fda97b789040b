/** How scripts, settings and messages write a credential with a name before it: N is the name, V the value. */
const syntaxes: readonly (readonly [language: string, write: (name: string, value: string) => string])[] = [
  ['R', (n, v) => `${n} <- "${v}"`],
  ['R', (n, v) => `${n} = '${v}'`],
  ['R', (n, v) => `Sys.setenv(${n} = "${v}")`],
  ['R', (n, v) => `connect(user = "me", ${n} = "${v}", rows = 3)`],
  ['Python', (n, v) => `${n}="${v}"`],
  ['Python', (n, v) => `os.environ["${n}"] = "${v}"`],
  ['Python', (n, v) => `config['${n}']='${v}'`],
  ['Python', (n, v) => `{'rows': 3, '${n}': '${v}', 'last': None}`],
  ['Python', (n, v) => `${n}: str = r"${v}"`],
  ['Python', (n, v) => `${n} = """${v}"""`],
  ['SQL', (n, v) => `SET @${n} = N'${v}';`],
  ['PowerShell', (n, v) => `$${n} = "${v}"`],
  ['PowerShell', (n, v) => `$env:${n}='${v}'`],
  ['PowerShell', (n, v) => `Connect-It -${n} '${v}' -Verbose`],
  ['shell', (n, v) => `export ${n}='${v}'`],
  ['shell', (n, v) => `run --${n}="${v}" --verbose`],
  ['JSON', (n, v) => `{"rows":3,"${n}":"${v}","last":null}`],
  ['JSON', (n, v) => `{ "${n}" : "${v}" }`],
  ['JSON in JSON', (n, v) => `{\\"${n}\\":\\"${v}\\",\\"rows\\":3}`],
  ['JSON pair', (n, v) => `{"name":"${n}","value":"${v}"}`],
  ['YAML', (n, v) => `  ${n}: "${v}"\n  port: 1`],
  ['XML', (n, v) => `<add key="${n}" value="${v}" />`],
  ['XML', (n, v) => `<item ${n}="${v}" last="1"/>`],
  ['XML', (n, v) => `<${n}>${v}</${n}>`],
  ['C#', (n, v) => `string ${n} = @"${v}";`],
  ['Ruby', (n, v) => `:${n} => "${v}"`],
  ['Go', (n, v) => `${n} := "${v}"`],
];

/** The same without quotation marks, for values of one word. */
const bareSyntaxes: typeof syntaxes = [
  ['env', (n, v) => `${n}=${v}`],
  ['env', (n, v) => `A=1\n${n}=${v}\nB=2`],
  ['INI', (n, v) => `[db]\n${n} = ${v}\nhost = h`],
  ['YAML', (n, v) => `db:\n  ${n}: ${v}\n  port: 1`],
  ['header', (n, v) => `${n}: ${v}`],
  ['query', (n, v) => `https://h.example/p?a=1&${n}=${v}&b=2`],
  ['fields', (n, v) => `Server=s;${n}=${v};Encrypt=true`],
  ['shell', (n, v) => `run --${n} ${v} --verbose`],
];

const names = [
  'password',
  'db_password',
  'dbPassword',
  'DB_PASSWORD',
  'user-password',
  'PASSWORD_PROD',
  'pwd',
  'sqlPwd',
  'passwd',
  'passphrase',
  'smtp_pass',
  'client_secret',
  'ClientSecret',
  'AZURE_CLIENT_SECRET',
  'account_key',
  'storageAccountKey',
  'AZURE_STORAGE_KEY',
  'access-key',
  'aws_secret_access_key',
  'apiKey',
  'API_KEY',
  'x-api-key',
  'Ocp-Apim-Subscription-Key',
  'accessToken',
  'auth_token',
  'SAS_TOKEN',
  'workspaceToken',
  'SharedAccessKey',
  'secretkey',
  'apikey',
];

const quotedValues = ['hunter2', 'Tr0ub4dor&3', 'correct horse battery', 'a;b,c)d', 'YWJjZGVmZ2hpams='];
const bareValues = ['hunter2x', 'YWJjZGVm/Z2hp+ams=', 'letmein', 'a1!b2#c3$'];

/** One way to write a credential. */
export interface Variant {
  readonly title: string;
  readonly text: string;
  readonly secret: string;
  /** The text without the credential. */
  readonly rest: string;
}

/** Every syntax with every name; values go round, so that each meets each syntax. */
export function variants(): Variant[] {
  const made: Variant[] = [];
  const add = (list: typeof syntaxes, values: readonly string[]) => {
    for (const [language, write] of list) {
      for (const name of names) {
        const secret = values[made.length % values.length] ?? '';
        made.push({
          title: `${language}: ${write(name, '…')}`.replaceAll('\n', ' '),
          text: write(name, secret),
          secret,
          rest: write(name, ''),
        });
      }
    }
  };
  add(syntaxes, quotedValues);
  add(bareSyntaxes, bareValues);
  return made;
}
