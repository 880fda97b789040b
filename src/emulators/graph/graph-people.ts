import { GraphRefusal } from './graph-errors.ts';
import { type ChatPerson, chatPersonName } from './sample-people.ts';

/** A person in the emulated directory. */
export interface GraphPerson {
  readonly person: ChatPerson;
  /** A guest who signs in with a personal Microsoft account. */
  readonly personalAccount: boolean;
  readonly administrator: boolean;
  readonly enabled: boolean;
}

const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';
const directoryReaders = '88d8e3e3-8f55-4a1e-953a-9b9898b8876b';

/** A user as Graph returns one. All fields are always included, whatever `$select` asks for. */
export function userBody({ person, personalAccount, enabled }: GraphPerson): object {
  return {
    id: person.objectId,
    displayName: chatPersonName(person),
    mail: person.email,
    userPrincipalName: person.email,
    accountEnabled: enabled,
    identities: [{ signInType: 'federated', issuer: personalAccount ? 'MicrosoftAccount' : 'contoso.onmicrosoft.com' }],
  };
}

/** The directory roles of a person. Everybody has at least one. */
export function rolesOf({ administrator }: GraphPerson): readonly object[] {
  const templates = [directoryReaders, ...(administrator ? [globalAdministrator] : [])];
  return templates.map((roleTemplateId) => ({
    '@odata.type': '#microsoft.graph.directoryRole',
    id: roleTemplateId,
    roleTemplateId,
  }));
}

/** The person with this object id or e-mail address. */
export function personByIdOrEmail(people: readonly GraphPerson[], key: string): GraphPerson | undefined {
  const wanted = key.toLowerCase();
  return people.find(({ person }) => person.objectId === wanted || person.email === wanted);
}

/**
 * The people that match a `$filter`: `startswith`, `mail eq` or `proxyAddresses/any`, joined by `or`. Rejects other
 * filters, as Graph does.
 */
export function filtered(people: readonly GraphPerson[], filter: string): readonly GraphPerson[] {
  const tests = filter.split(' or ').map(clause);
  return people.filter((each) => tests.some((test) => test(each.person)));
}

function clause(text: string): (person: ChatPerson) => boolean {
  const begins = /^startswith\((displayName|givenName|surname),'(.*)'\)$/u.exec(text.trim());
  if (begins) {
    const wanted = plain(begins[2]);
    return (person) => {
      const fields = { displayName: chatPersonName(person), givenName: person.givenName, surname: person.surname };
      return (fields[begins[1] as keyof typeof fields] ?? '').toLowerCase().startsWith(wanted);
    };
  }
  const mail =
    /^mail eq '(.*)'$/u.exec(text.trim()) ?? /^proxyAddresses\/any\(a:a eq 'smtp:(.*)'\)$/u.exec(text.trim());
  if (mail) return (person) => person.email === plain(mail[1]);
  throw new GraphRefusal(400, 'Request_UnsupportedQuery', 'Unsupported query.');
}

function plain(literal: string | undefined): string {
  return (literal ?? '').replaceAll("''", "'").toLowerCase();
}
