import { phraseSet } from '../phrases.ts';

/** Nouns of other systems, of people and of everyday life. An object that contains one of these is not in Studio. */
export const elsewhere = phraseSet(
  plurals(`
  meeting|appointment|calendar|calendar entry|calendar event|event|stand-up|standup|invite|invitation|reminder|
  task|to-do|todo|ticket|jira ticket|incident|
  chat|message|conversation|thread|post|comment|reply|channel|teams channel|reaction|emoji|gif|poll|
  announcement|group chat|recording|transcript|voicemail|call|
  email|inbox|mailbox|outlook|newsletter|spam|attachment|draft|signature|contact|contacts|distribution list|
  mailing list|
  slide|deck|powerpoint|presentation|excel|spreadsheet|word document|document|doc|pdf|folder|sharepoint|
  onedrive|file share|drive|usb|desktop|download folder|recycle bin|photo|picture|image|video|screenshot|song|
  playlist|movie|
  wiki|confluence|page|web page|website|blog|bookmark|browser|browser history|cookie|cache|tab|chrome|edge|firefox|
  table|tables|row|column|database|schema|sql|index|view|stored procedure|warehouse|postgres|mysql|mongo|redis|
  snowflake|databricks|data lake|cosmos|kafka|topic|queue|
  vm|vms|virtual machine|machine|server|servers|laptop|pc|computer|phone|printer|router|disk|cluster|node|
  container|pod|kubernetes|namespace|docker image|docker|storage account|storage|blob|bucket|s3|resource group|
  subscription|key vault|function app|app service|firewall|dns|network|vpn|wifi|
  repo|repository|branch|commit|pull request|pr|git|github|gitlab|pipeline|build|release|code|script|function|
  package|npm|library|class|variable|file|files|app|apps|application|program|software|windows|license|licence|
  password|user account|login|credential|api key|token|badge|parking|room|desk|office|coffee|coffee machine|
  lunch|cafeteria|menu|order|invoice|payment|expense|salary|payslip|contract|holiday|vacation|leave|timesheet|
  sick note|hotel|flight|ticket|taxi|pizza|
  colleague|intern|employee|boss|manager|person|member|team member|people|friend|enemy|virus|bug|error|
  notification|notifications|alert|bot|yourself|rules|instructions|prompt|memory|language|joke|poem|story|world|
  planet|internet|universe|earth|
  facebook|twitter|linkedin|instagram|whatsapp|slack|zoom|discord|telegram|tiktok|youtube|spotify|netflix|
  google|gmail|salesforce|sap|hubspot|workday|servicenow|trello|asana|notion|dropbox|power bi|tableau|dashboard|
  report|chart|visual studio|photoshop|
  summary|answer|sentence|paragraph|line|word|card|export|exports|backup|backups|archive|zip|link|links|log|
  logs|log file|audit log|request|requests|list|lists|names|name|overview|status|history|search history|
  survey form|form|quiz|whiteboard|planner|sprint|backlog|board|kanban|epic|user story|
  client|teams|office|driver|update|installer|version|plugin|plug-in|tool|shopping|cart|wishlist|account|
  profile picture|avatar|tattoo|fear|doubt|sadness|pain|weekend|monday|friday|alarm|timer|clock|music|heating|
  lights|door|car|bike|plant|dishes|garbage|trash|snacks|fridge|stains|stain|typo|space|spaces|text|bullet
`),
);

function plurals(list: string): string {
  return list
    .split('|')
    .map((noun) => noun.trim())
    .flatMap((noun) =>
      /s$/.test(noun)
        ? [noun]
        : [noun, noun.endsWith('y') && !/[aeo]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`],
    )
    .join('|');
}
