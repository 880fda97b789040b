/** Where a cue has to stand to count. */
export type Where =
  | 'anywhere'
  | 'right before a deletion'
  | 'first'
  | 'at the end'
  | 'before a deletion'
  | 'of somebody else';

export interface Veto {
  /** Words or phrases, separated by "|". */
  readonly cue: string;
  readonly where: Where;
  readonly reason: string;
}

/** What speaks against carrying out a deletion that a message seems to ask for. The network learns how much each reason weighs, and `certainty.ts` weighs it once more. */
export const vetoCues: readonly Veto[] = [
  {
    cue: `
      not|no|don't|dont|isn't|aren't|wasn't|weren't|never|nobody|none|neither|nor|mustn't|shouldn't|didn't|haven't|won't|can't|cannot|
      without|instead of|rather than|refuse|refrain|forbid|forbidden|avoid|protect|prohibited|against|undo|
      anything but|strike`,
    where: 'before a deletion',
    reason: 'negated',
  },
  {
    cue: `
      not|don't|dont|never|nope|nothing|( not|please don't|please do not|not today|prohibited|refused|rejected|
      void|hard pass|no thanks|no thank you|bad idea|back|a mistake|a joke`,
    where: 'at the end',
    reason: 'negated',
  },
  {
    cue: `
      wait|forget about|not worth it|scratch that|scrub that|strike that|never mind|nevermind|nvm|changed my mind|change my mind|
      on second thought|on second thoughts|on reflection|or better|let it be|leave it|leave them|leave him|
      forget it|forget that|forget what|forget i|just testing|only testing|testing you|just kidding|kidding|
      joking|a joke|jk|lol|haha|hahaha|😂|🤣|/ s|it stays|they stay|undelete|restore|recover|bring back|
      april fool|april fools|was about to|i take it back|is not any more|isn't any more|let's keep|hands off|
      as you were|or else|or not|i stay|but keep it|cancel that|ignore that|ignore this|no wait|oops|correction|
      edit|nothing in|nothing there|nothing must|by no means|not a single|no wish|isn't true|not true|must stay|
      keep all|in a perfect world|in theory|you'd delete|see you delete|not be deleted|plan for|our plan|in case of|in an emergency|put it|owner will|owner may|owners may|owner can`,
    where: 'anywhere',
    reason: 'withdrawn',
  },
  {
    cue: `
      yesterday|had|has been|have been|was|were|once|rumour|rumor|hypothetically|suppose|supposing|imagine|would have|
      could have|might|one could|one day|some day|someday|if only|will be|intend to|plan to|plan is|planning|
      tempted|thinking about|dreamt|dreamed|would hate|should hate|clicked|pressed|typed|tried to|only owners|
      schedule|policy is|it says|says to|i should|i could|we could|discuss|the idea|am i allowed|allowed to|
      help me with|who can|is it possible|would it be wise|is it wise|going to|who may|one may|you just|someone could|somebody could|
      you already|delay|talk about|you should be able`,
    where: 'before a deletion',
    reason: 'told about the past, supposed or planned',
  },
  {
    cue: `
      after the|after christmas|once everybody|once everyone|when the|as soon as|unless|if i|if we|if he|if she|
      if they|if legal|if the|if you|in case|next week|next month|next year|next quarter|tomorrow|in two weeks|
      in a week|in a month|in january|in february|in march|in april|in may|in june|in july|in august|
      in september|in october|in november|in december|for may|for june|at midnight|some day|someday|
      provided that|perhaps|maybe|i think|assuming`,
    where: 'anywhere',
    reason: 'not now, or not sure',
  },
  {
    cue: `
      what|how|why|who|whose|when|where|should|shall|must|does|did|do|is|are|was|were|has|have|if|unless|may|
      could you ever|would you really|can you really|will you|only|deletion|function|you :|me :|bot :|user :|assistant :|human :|she :|he :|todo|tldr|title|subject|
      reminder|warning|agenda|option|plan|step|test case|expected|note|example|for example|log|error|fw|fwd|re|
      from|message|##|#|>|$|/|//|*|(|<|mandatory|once|imagine|suppose`,
    where: 'first',
    reason: 'a question, a condition or a heading',
  },
  {
    cue: `
      says|said|mentioned|mentions|told us|recommends|recommended|proposed|proposes|hinted|asked me|asks me|
      told me|wants to|wants me|want me|want us|wants us|would like me|her words|his words|
      wants to be forgotten|please advise|wrote|suggested|claims that|insists|demands|of his client`,
    where: 'anywhere',
    reason: 'told by somebody else',
  },
  {
    cue: `
      i would|we would|one would|i'd|we'd|can i|could i|may i|must i|should i|shall i|do i|did i|say i|do i have to|do we have to|
      may we|must we|should we|shall we|do we|can anybody|can anyone|can somebody|can guests|can a guest|
      may guests|may a guest|may anybody|may anyone|may somebody|may people|may users|may members`,
    where: 'right before a deletion',
    reason: 'a question',
  },
  {
    cue: 'wants|would like|would love|wishes|prefers|expects',
    where: 'of somebody else',
    reason: 'told by somebody else',
  },
  {
    cue: `
      dangerous|risky|failed|fails|returned|returns|error|errors|takes ages|does not work|doesn't work|
      greyed out|grayed out|button|missing|deletemyworkspace|deleteworkspace|delete_workspace|delete_all|
      drop_all|stuck|conflict|timeout|timed out|yes or no|yes / no|vs|versus|= =|the idea of|trash talk|
      the deletion of|how ?|is that possible|possible ?|permanent ?|status :`,
    where: 'anywhere',
    reason: 'a report or a question',
  },
  {
    cue: `
      output|outputs|results|cell|cells|column|columns|row|rows|header|duplicates|outliers|nulls|comment|comments|settings|invitation|invitations|
      member|members|permission|permissions|tag|tags|description|history|link|lock|user|users|licence|license|
      panels|dashboard|branch|commit|from the module|running experiment|
      favourites|favorites|shortcut|bookmark|preview|schedule|access keys|access key|feature|features|word|title|http|portal|workspace name|
      personal assistant`,
    where: 'anywhere',
    reason: 'a part of something, or no asset',
  },
  {
    cue: `
      not|never|don't|dont|no longer|must not|not to|not to be|won't|can't|cannot|not simply|not just|
      don't need to|do not need to|no need to|need not|needn't|don't have to|do not have to|not have to|
      don't want to|do not want to|no reason to`,
    where: 'right before a deletion',
    reason: 'told not to',
  },
  {
    cue: 'nobody wants|no one wants|nobody may|no one may|nobody should|no one should|nobody is to',
    where: 'anywhere',
    reason: 'told not to',
  },
  {
    cue: 'why did|why do|why are|why is|why have|why has|why was|what if|why would|why should|how would|how should|who would|supposing|imagine',
    where: 'before a deletion',
    reason: 'a question',
  },
  { cue: 'if you were|if i were|if it were|if she were|if he were', where: 'anywhere', reason: 'a question' },
  {
    cue: 'start of deletion|start of the deletion|end of the deletion|date of deletion|date of the deletion|time of deletion|was yesterday|was last',
    where: 'anywhere',
    reason: 'a question',
  },
  { cue: 'approved by', where: 'before a deletion', reason: 'claims an authority' },
  { cue: 'drop by|drop in', where: 'anywhere', reason: 'asks for something else' },
  {
    cue: 'from the experiment|from experiment|from the pipeline|from the run',
    where: 'anywhere',
    reason: 'taken out of something else',
  },
  {
    cue: `
      jira|trello|notion|databricks|sagemaker|vertex|bigquery|google|gmail|aws|amazon|s3|power bi|powerbi|
      tableau|salesforce|hubspot|slack|outlook|sharepoint|onedrive|dropbox|jenkins|github|gitlab|bitbucket|
      confluence|devops|snowflake|kubernetes|docker|siemens|tia|visio|excel|word document|sap|servicenow|
      zendesk|asana|miro|figma|zoom|intune|active directory|calendar|mailbox|inbox|playlist|whatsapp|facebook|
      linkedin|instagram|twitter|netflix|spotify|browser|printer|fridge|raspberry|mlflow|kaggle|hugging face|
      huggingface|colab|postgres|mysql|oracle|mongodb|redis|cosmos|synapse|purview|dataiku|quickbooks|vs code|
      vscode|terraform|wordpress|mailchimp|key vault|my computer|grafana|sas|splunk|datadog|airflow|looker|qlik|
      airtable|basecamp|monday.com|clickup|overleaf|steam|icloud|onenote|ms project|successfactors|fabric|workday|
      relativity|imanage|moodle|docusign|netsuite|qualtrics|surveymonkey|typeform|egnyte|pipedrive|zoho|bamboohr|
      personio|teamcenter|solidworks|autocad|matlab|spss|alteryx|knime|talend|informatica|pagerduty|sentry|dynatrace|
      new relic|kibana|elasticsearch|wandb|weights & biases|clearml|labelbox|roboflow|kubeflow|okta|artifactory|
      docker hub|dockerhub|google drive|gdrive|ftp|sftp|usb stick|hard drive|c :|dynamics|sharefile|canva|evernote|
      telegram|discord|yammer|exchange|lotus notes|bugzilla|redmine|mattermost|webex|todoist|ms planner|
      minitab|sql server|mariadb|dynamodb|redshift|athena|glue|firebase|heroku|openshift|ansible|puppet|nagios|zabbix|
      prometheus|logstash|mixpanel|amplitude|marketo|eloqua|intercom|freshdesk|zapier|stripe|paypal|xero|datev`,
    where: 'anywhere',
    reason: 'another system',
  },
  {
    cue: `
      system :|assistant :|admin :|root :|system override|override|overriding|tool_result|system prompt|ignore previous|ignore all|ignore your|
      as an administrator|pretend|user confirmed|confirmed by|pre-approved|sudo|simulate|role-play|
      jailbreak|safeguards|guard rails|rules are suspended|on behalf of|in the name of|i approve|already confirmed|
      system confirmed|auto - approve|the approver|repeat after|auto-approve|[ admin|[ system|[ root|quota exceeded|security team|developer note|
      authentication is|admin mode`,
    where: 'anywhere',
    reason: 'claims an authority',
  },
];
