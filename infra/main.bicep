// Everything that Studio Steward needs in Azure: the bot's registration, a web app with a managed identity, storage
// for archives and a PostgreSQL server. Storage and vault have no shared keys: the identity has roles. PostgreSQL is
// entered with a password that lives in the vault.
targetScope = 'resourceGroup'

@description('Short name that the resources are called after.')
@minLength(3)
@maxLength(16)
param name string = 'steward'

param location string = resourceGroup().location

@description('The approvers, by object id or address (user principal name or mail), or a Microsoft Entra group as group:<object id>, which needs the permission GroupMember.Read.All of Microsoft Graph; separated by commas. Empty: nobody approves.')
param approvers string = ''

@description('Studio Steward’s administrators, in the same form; they may stop deletions that wait, and rules of the policy can name them as reviewers.')
param administrators string = ''

@description('The helpdesk, in the same form; rules of the policy can name them as reviewers.')
param helpdesk string = ''

@description('The auditors, in the same form.')
param auditors string = ''

@description('Teams conversation in which approvals are asked for. Empty: none.')
param approvalConversation string = ''

@description('on to ask approvers in their own chats, too. off: only in their conversation, and in their chats when it cannot be reached.')
@allowed(['on', 'off'])
param approvalsInOwnChats string = 'off'

@description('Whom people without a workspace are told to ask: a name, an address or both. Empty: an owner, or who runs Studio Steward.')
param administratorContact string = ''

@description('on to let guests be known by their mail address too, which their own organisation can change. off: by user principal name only.')
@allowed(['on', 'off'])
param guestsMatchByMail string = 'off'

@description('on to let Steward delete standard workspaces and see their new web services in Azure; its identity needs a role there.')
@allowed(['on', 'off'])
param resourceManager string = 'off'

@description('on to let Global Administrators start exports of directory data through Microsoft Graph; the identity needs permissions there.')
@allowed(['on', 'off'])
param directoryExport string = 'off'

@description('on to withdraw what somebody asked for whose account is disabled or gone, as Microsoft Graph says; the identity needs User.Read.All there.')
@allowed(['on', 'off'])
param checkAccounts string = 'off'

@description('on to sign the record’s heads with a key that this makes in the vault, and that never leaves it.')
@allowed(['on', 'off'])
param signRecord string = 'off'

@description('Hours that an archive stays in storage. The storage account removes what Steward left two days after that.')
@minValue(24)
@maxValue(2160)
param archiveRetentionHours int = 168

@description('Connections of one process to PostgreSQL, beside five for its queue. A Standard_B1ms server has 35 for users.')
@minValue(2)
@maxValue(200)
param databaseMaxConnections int = 10

@description('Where logs go: the resource id of a Log Analytics workspace. Empty: they are not kept.')
param logWorkspaceId string = ''

@description('Administrator password of the PostgreSQL server.')
@secure()
param databasePassword string

@description('Password of a second role of the database, steward_app, that Steward then signs in as; npm run migrate creates it. Empty: Steward signs in as the administrator, and migrates at start.')
@secure()
param rolePassword string = ''

@description('The registered workspaces as JSON: [{"workspaceId","endpoint","token","registeredBy"}].')
@secure()
param studioConnections string

// Whole days, rounded up, and two more: Steward removes its archives itself, this rule only what it never could. What a
// legal hold keeps is marked as changed every day.
var storageRemovesAfterDays = (archiveRetentionHours + 23) / 24 + 2
var unique = uniqueString(resourceGroup().id, name)
var databaseUser = 'steward'
var roles = {
  blobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6'
  keyVaultCryptoUser: '12338af0-0e69-4776-bea7-57ae8d297424'
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-${name}'
  location: location
}

resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: take('st${replace(name, '-', '')}${unique}', 24)
  location: location
  sku: { name: 'Standard_ZRS' }
  kind: 'StorageV2'
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      // An archive that was removed is gone: no soft delete, no versions.
      deleteRetentionPolicy: { enabled: false }
      isVersioningEnabled: false
    }

    resource archives 'containers' = {
      name: 'steward-archives'
      properties: { publicAccess: 'None' }
    }

    // Heads of the record. Add a time-based immutability policy here where nobody may remove one.
    resource anchors 'containers' = {
      name: 'steward-archives-anchors'
      properties: { publicAccess: 'None' }
    }
  }

  // Steward removes archives and what Microsoft Graph exported itself; this catches what it never could.
  resource lifecycle 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: 'remove-old-archives'
            enabled: true
            type: 'Lifecycle'
            definition: {
              actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: storageRemovesAfterDays } } }
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['steward-archives/', 'directory-export-dsr-'] }
            }
          }
        ]
      }
    }
    dependsOn: [blobs]
  }
}

resource storageRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: storage
  name: guid(storage.id, identity.id, roles.blobDataContributor)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    // Contains generateUserDelegationKey, which links are signed with.
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobDataContributor)
  }
}

resource database 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: 'psql-${name}-${unique}'
  location: location
  sku: { name: 'Standard_B1ms', tier: 'Burstable' }
  properties: {
    version: '16'
    administratorLogin: databaseUser
    administratorLoginPassword: databasePassword
    storage: { storageSizeGB: 32 }
    backup: { backupRetentionDays: 7 }
  }

  resource steward 'databases' = { name: 'steward' }

  resource azureOnly 'firewallRules' = {
    name: 'azure-services'
    properties: { startIpAddress: '0.0.0.0', endIpAddress: '0.0.0.0' }
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: take('kv-${name}-${unique}', 24)
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    // Cannot be taken back. Tokens and the password can be made anew elsewhere, but not be destroyed by mistake.
    enablePurgeProtection: true
    enableSoftDelete: true
  }

  resource connections 'secrets' = {
    name: 'studio-connections'
    properties: { value: studioConnections }
  }

  resource databaseUrl 'secrets' = {
    name: 'database-url'
    properties: {
      value: 'postgresql://${rolePassword == '' ? databaseUser : 'steward_app'}:${uriComponent(rolePassword == '' ? databasePassword : rolePassword)}@${database.properties.fullyQualifiedDomainName}/steward?sslmode=require'
    }
  }
}

resource vaultRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, identity.id, roles.keyVaultSecretsUser)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsUser)
  }
}

// Signs the record's heads. A later version of it signs from then on; verifiers need the public half of each.
resource recordKey 'Microsoft.KeyVault/vaults/keys@2023-07-01' = if (signRecord == 'on') {
  parent: vault
  name: 'steward-record'
  properties: { kty: 'EC', curveName: 'P-256', keyOps: ['sign', 'verify'] }
}

resource recordKeyRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (signRecord == 'on') {
  scope: recordKey
  name: guid(vault.id, identity.id, roles.keyVaultCryptoUser)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultCryptoUser)
  }
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${name}'
  location: location
  sku: { name: 'B2' }
  kind: 'linux'
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'app-${name}-${unique}'
  location: location
  kind: 'app,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    // Steward has no state of a client; any instance answers.
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identity.id
    siteConfig: {
      linuxFxVersion: 'NODE|24-lts'
      appCommandLine: 'node src/main.ts'
      alwaysOn: true
      // Alive, not ready: an instance that waits for storage must not be recycled in the middle of an export.
      healthCheckPath: '/healthz'
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
      ftpsState: 'Disabled'
      appSettings: [
        { name: 'PORT', value: '8080' }
        { name: 'MICROSOFT_APP_ID', value: identity.properties.clientId }
        { name: 'MICROSOFT_APP_TENANT_ID', value: tenant().tenantId }
        { name: 'MICROSOFT_APP_TYPE', value: 'UserAssignedMSI' }
        // Time to finish what is under way; the platform ends a process much sooner unless told.
        { name: 'WEBSITES_CONTAINER_STOP_TIME_LIMIT', value: '60' }
        { name: 'AZURE_CLIENT_ID', value: identity.properties.clientId }
        { name: 'STORAGE_ACCOUNT_URL', value: 'https://${storage.name}.blob.${environment().suffixes.storage}' }
        { name: 'DATABASE_URL', value: '@Microsoft.KeyVault(SecretUri=${vault::databaseUrl.properties.secretUri})' }
        { name: 'DATABASE_MIGRATIONS', value: rolePassword == '' ? 'at-start' : 'by-command' }
        { name: 'DATABASE_MAX_CONNECTIONS', value: string(databaseMaxConnections) }
        { name: 'STORAGE_CONTAINER', value: storage::blobs::archives.name }
        { name: 'STORAGE_REMOVES_AFTER_DAYS', value: string(storageRemovesAfterDays) }
        { name: 'ARCHIVE_RETENTION_HOURS', value: string(archiveRetentionHours) }
        { name: 'STUDIO_CONNECTIONS', value: '@Microsoft.KeyVault(SecretUri=${vault::connections.properties.secretUri})' }
        { name: 'AUDIT_SIGNING_KEY', value: signRecord == 'on' ? '${vault.properties.vaultUri}keys/steward-record' : '' }
        { name: 'RESOURCE_MANAGER', value: resourceManager }
        { name: 'DIRECTORY_EXPORT', value: directoryExport }
        { name: 'CHECK_ACCOUNTS', value: checkAccounts }
        { name: 'APPROVALS_IN_OWN_CHATS', value: approvalsInOwnChats }
        { name: 'GUESTS_MATCH_BY_MAIL', value: guestsMatchByMail }
        { name: 'APPROVERS', value: approvers }
        { name: 'ADMINISTRATORS', value: administrators }
        { name: 'HELPDESK', value: helpdesk }
        { name: 'AUDITORS', value: auditors }
        { name: 'APPROVAL_CONVERSATION', value: approvalConversation }
        { name: 'ADMINISTRATOR_CONTACT', value: administratorContact }
      ]
    }
  }

  // No publishing by name and password: deployments sign in with Entra ID.
  resource scmCredentials 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource ftpCredentials 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  // Without its roles the first start would find secrets unread and storage closed.
  dependsOn: [vaultRole, storageRole]
}

resource appLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (logWorkspaceId != '') {
  scope: app
  name: 'logs'
  properties: {
    workspaceId: logWorkspaceId
    logs: [
      { category: 'AppServiceConsoleLogs', enabled: true }
      { category: 'AppServicePlatformLogs', enabled: true }
      { category: 'AppServiceAuditLogs', enabled: true }
    ]
  }
}

resource vaultLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (logWorkspaceId != '') {
  scope: vault
  name: 'logs'
  properties: {
    workspaceId: logWorkspaceId
    logs: [{ category: 'AuditEvent', enabled: true }]
  }
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: 'bot-${name}-${unique}'
  location: 'global'
  kind: 'azurebot'
  sku: { name: 'F0' }
  properties: {
    displayName: 'Studio Steward'
    endpoint: 'https://${app.properties.defaultHostName}/api/messages'
    msaAppId: identity.properties.clientId
    msaAppMSIResourceId: identity.id
    msaAppTenantId: tenant().tenantId
    msaAppType: 'UserAssignedMSI'
  }

  resource teams 'channels' = {
    name: 'MsTeamsChannel'
    location: 'global'
    properties: { channelName: 'MsTeamsChannel' }
  }
}

output botAppId string = identity.properties.clientId
output webApp string = app.name
output address string = 'https://${app.properties.defaultHostName}'
