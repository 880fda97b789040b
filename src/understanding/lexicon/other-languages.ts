import type { Veto } from './veto-cues.ts';

/** Stems, of at most seven letters, of words that ask for a deletion in other languages. See `acts.ts`. */
export const deletionStems = [
  'lösch|loesch|gelösch|geloesc|entfern|beseiti|bereini|entsorg|vernich|tilg|supprim|effac|élimin',
  'elimin|suprim|borra|borre|apag|apague|exclui|rimuov|rimoz|rimoss|verwijd|opruim|gewist|wissen|usuń',
  'usun|usuw|skasow|skasuj|wyczyś',
].join('|');

/** Whole words of the same kind whose stems mean something else in English. */
export const deletionWords = [
  'weg raus borrar borren quita quitar elimina eliminar eliminare eliminate cancella cancellare',
  'cancellate cancellato cancelli cancelliamo exclua excluir remova removal jeter virer vider vaciar',
  'esvaziar svuota svuotare',
].join(' ');

/** Words with which a deletion is asked for politely: "kannst du … löschen?" */
export const politeWords = `
  bitte kannst könntest könnten können koennen würdest würden wuerden möchte moechte merci svp stp pouvez pourriez pourrais peux
  puedes podrías podrias puede podría podria podéis favor pode podes poderia podia puoi potresti può puo potete potreste
  grazie kun kunt kunnen graag alsjeblieft alstublieft aub możesz mozesz możecie mógłbyś mogłabyś proszę prosze`;

/**
 * What speaks against a deletion in German, French, Spanish, Portuguese, Italian, Dutch and Polish, under the reasons
 * of the English cues. "No longer" (nicht mehr, ne plus, ya no, non più) is a reason to delete, so a negation counts
 * only right beside the word of deletion.
 */
export const otherLanguageCues: readonly Veto[] = [
  {
    cue: `
      nicht|nie|niemals|nichts|keinesfalls|auf keinen fall|nicht zu|ne|ne pas|ne rien|ne jamais|ne me|ne le|ne les|ne surtout pas|no|nunca|jamás|no me|no lo|não|nao|nunca|não me|
      non|mai|non mi|niet|nooit|niet te|nie|nigdy|nie chcę|bez|ohne zu|sans|sin|sem|senza|zonder`,
    where: 'right before a deletion',
    reason: 'told not to',
  },
  {
    cue: `
      nicht|nicht !|doch nicht|lieber nicht|pas|finalement non|jamais|mejor no|melhor não|meglio di no|toch niet|niet|jednak nie|behalten|
      conserver|mantener|manter|tenere|bewaren|zachować|zurück|stopp`,
    where: 'at the end',
    reason: 'negated',
  },
  {
    cue: `
      doch nicht|lieber nicht|vergiss es|vergessen sie es|vergiss das|war ein scherz|nur ein scherz|nur spaß|kleiner scherz|lass es|lassen sie es|
      nur getestet|nur ein test|oublie|oubliez|laisse tomber|laissez tomber|je plaisante|je rigole|finalement non|en fait non|olvídalo|olvidalo|
      déjalo|dejalo|mejor no|era broma|es broma|esquece|deixa pra lá|deixa para lá|melhor não|brincadeira|lascia perdere|lasciamo perdere|
      meglio di no|scherzo|scherzavo|laat maar|toch niet|grapje|zapomnij|jednak nie|żartuję|żart`,
    where: 'anywhere',
    reason: 'withdrawn',
  },
  {
    cue: `
      gestern|letzte woche|hatte|hatten|wurde|wurden|worden|angenommen|wäre|hätte|hätten|theoretisch|geplant|überlegen|überlege|
      man müsse|man solle|müsste man|könnte man|hier|avait|avaient|a été|ont été|aurait|supposons|prévu|envisage|ayer|había|habían|fue|fueron|
      supongamos|pensamos|pensaba|ontem|tinha|foi|foram|iria|ia|vamos supor|ieri|aveva|stato|stata|era|supponiamo|pensavo|gisteren|werd|werden|had|
      stel|wczoraj|został|została|zostały|miał|załóżmy`,
    where: 'before a deletion',
    reason: 'told about the past, supposed or planned',
  },
  {
    cue: `
      wenn|falls|sobald|nachdem|bevor|vielleicht|morgen|nächste woche|nächsten monat|irgendwann|si je|si on|si nous|quand|lorsque|dès que|peut-être|
      demain|la semaine prochaine|le mois prochain|un jour|cuando|en cuanto|si yo|quizás|tal vez|mañana|la próxima semana|algún día|
      quando|assim que|talvez|amanhã|semana que vem|na próxima semana|appena|forse|domani|la prossima settimana|als ik|als we|als de|zodra|
      misschien|volgende week|ooit|jeśli|jeżeli|kiedy|gdy|gdyby|może|jutro|w przyszłym tygodniu`,
    where: 'anywhere',
    reason: 'not now, or not sure',
  },
  {
    cue: `
      wie|was|warum|wieso|weshalb|wer|wann|wo|welche|kann ich|kann man|können wir|darf ich|darf man|dürfen wir|soll ich|sollen wir|sollte ich|
      muss ich|müssen wir|wird|werden|ist|sind|comment|pourquoi|qui|quand|quoi|où|est-ce que je|est-ce qu'on|peut-on|puis-je|dois-je|faut-il|
      que se passe|cómo|por qué|quién|cuándo|qué|dónde|puedo|se puede|debo|hay que|tengo que|como|por que|quem|onde|posso|devo|é possível|
      es posible|come si|come posso|come faccio|perché|perchè|chi|dove|si può|è possibile|hoe|waarom|wie|wanneer|wat|kan ik|mag ik|moet ik|is het|
      jak|dlaczego|kto|gdzie|czy mogę|czy można|czy da się`,
    where: 'first',
    reason: 'a question, a condition or a heading',
  },
  {
    cue: `
      meinte|meint|sagte|sagt|sagten|erzählt|erzählte|behauptet|schrieb|fragte|fragt ob|hat gesagt|hat gefragt|hat gemeint|will dass|möchte dass|
      laut|a dit|dit que|disait|disent|a demandé|demande si|raconte|a écrit|selon|dijo|dice que|decía|comentó|preguntó|pregunta si|según|
      disse|diz que|comentou|perguntou|contou|segundo|ha detto|dice che|diceva|dicono|ha chiesto|secondo|zei|zegt|vroeg|vertelde|volgens|
      powiedział|powiedziała|mówi|mówił|pytał|pytała|napisał|według`,
    where: 'anywhere',
    reason: 'told by somebody else',
  },
  {
    cue: 'will|wollen|möchte|möchten|wünscht|verlangt|veut|veulent|souhaite|quiere|quieren|quer|querem|vuole|vogliono|wil|willen|wenst|chce|chcą',
    where: 'of somebody else',
    reason: 'told by somebody else',
  },
];
