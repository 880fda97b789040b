/** Words that say a kind, one and several of it, in German, French, Spanish, Portuguese, Italian, Dutch and Polish. */
export const kindsInOtherLanguages = {
  dataset: {
    one: `datensatz|datensatzes|datenbestand|jeu de données|ensemble de données|conjunto de datos|conjunto de dados|set di dati|
      insieme di dati|gegevensset|dataverzameling|zbiór danych|zbioru danych|zbiorze danych|zestaw danych|zestawu danych`,
    several: `datensätze|datensätzen|datensaetze|datensaetzen|datenbestände|jeux de données|ensembles de données|conjuntos de datos|
      conjuntos de dados|set di dati|insiemi di dati|gegevenssets|dataverzamelingen|datasety|datasetów|datasetten|zbiory danych|
      zbiorów danych|zestawy danych|zestawów danych`,
  },
  experiment: {
    one: 'expérience|experimento|esperimento|eksperyment|eksperymentu',
    several: `experimente|experimenten|expériences|les experiences|des experiences|experimentos|esperimenti|eksperymenty|
      eksperymentów`,
  },
  module: { one: 'módulo|modulo|moduł|modułu', several: 'módulos|moduli|modulen|moduły|modułów' },
  model: {
    one: 'modèle|modelo|modello|modelu',
    several: 'modelle|modellen|modèles|modelos|modelli|modele|modeli',
  },
  transform: {
    one: 'transformación|transformação|trasformazione|transformatie|transformacja|transformację|transformacji',
    several: `transformationen|transformaciones|transformações|trasformazioni|transformaties|transformacje`,
  },
  webservice: {
    one: `webdienst|service web|servicio web|serviço web|servizio web|usługa internetowa|usługę internetową|usługa sieciowa|
      usługę sieciową|usługa webowa|usługę webową`,
    several: `webdienste|webdiensten|services web|servicios web|serviços web|servizi web|usługi internetowe|usługi sieciowe|
      usługi webowe|usług sieciowych`,
  },
  project: {
    one: 'projektes|projet|proyecto|projeto|projecto|progetto|projektu',
    several: 'projekte|projekten|projets|proyectos|projetos|projectos|progetti|projecten|projekty|projektów',
  },
  notebook: {
    one: 'notizbuch|carnet|cuaderno|caderno|taccuino|notatnik|notatnika',
    several: 'notizbücher|notizbüchern|carnets|cuadernos|cadernos|taccuini|notatniki|notatników|notebooki|notebooków',
  },
  job: { one: 'joba', several: 'joby|jobów' },
  component: {
    one: 'komponente|composant|componente|komponent|komponentu',
    several: 'komponenten|composants|componentes|componenti|componenten|komponenty|komponentów',
  },
  environment: {
    one: 'umgebung|environnement|entorno|ambiente|omgeving|środowisko|środowiska',
    several: 'umgebungen|environnements|entornos|ambientes|ambienti|omgevingen|środowisk',
  },
  endpoint: {
    one: `endpunkt|point de terminaison|punto de conexión|ponto de extremidade|eindpunt|punkt końcowy`,
    several: `endpunkte|endpunkten|points de terminaison|puntos de conexión|pontos de extremidade|eindpunten|punkty końcowe|
      endpointy|endpointów`,
  },
  datastore: { one: 'datenspeicher|almacén de datos|archivio dati', several: 'almacenes de datos|datastory' },
  workspace: {
    one: `arbeitsbereich|arbeitsbereichs|espace de travail|espacio de trabajo|área de trabajo|espaço de trabalho|
      área de trabalho|area di lavoro|spazio di lavoro|werkruimte|obszar roboczy|obszaru roboczego|obszarze roboczym|
      przestrzeń robocza|przestrzeni roboczej`,
    several: `arbeitsbereiche|arbeitsbereichen|espaces de travail|espacios de trabajo|áreas de trabajo|espaços de trabalho|
      áreas de trabalho|aree di lavoro|spazi di lavoro|werkruimten|werkruimtes|obszary robocze|obszarów roboczych`,
  },
};
