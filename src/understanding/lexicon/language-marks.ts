/**
 * Words by which a short message in each language is known: function words, greetings, polite words, and the verbs and
 * nouns that Steward's users need. A word that ends in "*" is a stem. Some words are shared by two or three of these
 * languages, and then count for each; those that are English words too stand among the English ones as well.
 */
export const languageMarks = {
  de: `
    ich du er wir ihr sie mir mich dir dich uns euch mein meine meinen meiner meinem dein deine unser unsere ihre ihren der das dem
    den des ein eine einen einem einer und oder nicht kein keine ist sind war wurde wird hat habe haben kann kannst können könnt
    könnten könntest darf dürfen möchte möchten will wollen bitte danke ja nein doch mal auch noch schon für mit von vom zum zur
    aus bei nach über auf im am an wer wann wie wo was warum welche welcher welches alle alles die zeig zeige zeigen hallo moin
    servus guten grüezi grüß jawohl hilfe anfrage lösch* loesch* gelösch* entfern* exportier* datensatz datensätze arbeitsbereich*
    weg brauche gib abbrechen genau einverstanden lieber klar nochmal passt ne hä vielen dank`,
  fr: `
    je tu il elle nous vous ils moi toi mon ma mes ton tes son ses notre nos votre vos le la les un une des du au aux et ou où ne
    pas plus est sont suis été ai as avez avons peux peut pouvez pourrais pourriez peut veux veut voudrais souhaite faut stp svp merci
    oui non bonjour salut bonsoir quel quelle quels quelles qui que quoi comment combien pourquoi dans sur pour avec sans sauf
    ce cette ces cet de supprim* suprim* suppression* effac* modèle* exporter exporte exportez montre montrer montrez affiche afficher annule annuler
    aide demande demandes jeu jeux données espace travail lien tout tous toute toutes ça`,
  es: `
    yo tú él ella nosotros vosotros ustedes mi mis tu tus su sus nuestro nuestra el la los las lo un una unos unas del al y o que qué
    de no es son soy está están fue hay tengo tiene tienes puedo puede puedes podrías podría quiero quisiera necesito favor porfa
    gracias sí hola buenas buenos ayuda quién cuándo cómo dónde cuál cuáles cuántos cuánto por para con sin en esta este estos me
    borr* bórr* elimin* exporta exportar expórt* muestra muéstrame mostrar dame cancela cancelar anula solicitud solicitudes
    conjunto datos enlace todos todas todo ya estado espacio trabajo`,
  pt: `
    eu você vocês ele ela nós meu minha meus minhas teu tua seu sua nosso nossa o a os as um uma uns umas do da dos das no na nos
    nas ao à e ou que de não é são sou está estão foi há tenho tem pode podes posso poderia quero queria preciso favor obrigado
    obrigada sim olá oi bom boa ajuda quem quando como onde qual quais quantos por para com sem em esta este apag* deleta deletar delete ai aí
    elimin* remover remova exclua excluir exporta exportar exporte mostra mostrar mostre cancela cancelar anula pedido me
    pedidos conjunto dados ligação link todos todas tudo isso já estado espaço trabalho retenção`,
  it: `
    io tu lui lei noi voi mio mia miei mie tuo tua suo sua nostro nostra il lo la i gli le un uno una del dello della dei degli delle
    al allo alla ai agli alle dal dalla nel nella e o che di non è sono sei ho hai ha abbiamo hanno posso puoi può vorrei voglio devo
    favore grazie sì ciao salve buongiorno buonasera aiuto chi quando come dove quale quali quanti quanto perché per con senza
    in questo questa cancell* elimin* rimuov* esport* mostra mostrami fammi rilancia
    annull* richiesta richieste dati collegamento tutti tutte tutto già stato mi da area lavoro esperimenti`,
  nl: `
    ik jij je u hij zij wij jullie mijn jouw uw zijn onze ons het de een en of niet geen is ben bent was wordt heeft heb hebt hebben
    kan kun kunt kunnen mag mogen wil wilt graag dank bedankt alsjeblieft alstublieft aub ja nee hoi hallo dag goedemorgen
    goedemiddag hulp wie wanneer hoe waar waarom welke wat hoeveel met van voor naar uit bij over op aan dit dat deze die
    verwijd* wis wissen gewist exporteer* exporter toon tonen laat geef annuleer* verzoek verzoeken in hele gehele
    aanvraag gegevens werkruimte werkruimtes alle alles weg al nog maar akkoord er mij nodig bekijken opruimen`,
  pl: `
    ja ty on ona my wy oni mój moja moje mojego moich twoje nasz nasze jest są był była nie tak i oraz lub albo się to ten ta te
    czy co kto kiedy jak gdzie ile dlaczego który która które mogę możesz może chcę chciałbym chciałabym proszę poproszę muszę
    dziękuję dzięki dzień dobry cześć witam pomoc pomocy mi mnie z ze w we na do od dla po przy o usuń usun* usuw* skasuj* skasow*
    wyeksport* eksport* zrzuć niech poprosze usuniecie cały całą komponent pokaż pokazać anuluj wniosek wniosku wnioski dane danych zbiór zbiory
    wszystko wszystkie już jeszcze obszar roboczy potrzebuję zrób wycofać`,
} as const satisfies Readonly<Record<string, string>>;

/** Words by which English is known, shorthand of chats and of command lines among them. */
export const englishMarks = `
  the and you your our this that these those with from please can could would should what how when who why are have been its
  they them their because i a an my me is was it in of on at to for not do does did no as so am will die over be by or if all any we
  don't dont want need get give gimme show list lst ls dir rm del delete deleting delet delte remove erase purge wipe drop trash bin
  export exporting exporter download downloading copy pull send cancel stop abort retry rerun status help hello hi hey yo thanks thx pls plz
  y n yes yep nope ok okay sure affirm confirm reject approve approval approvals queue link links rescind revoke expunge scrap
  kill nuke again eliminate eliminated deletion backup everything nothing wat u r w man plus come son team jobs job mail hand dump data
`;
