import { DIRECTORY, type EntityType } from '../odata/entity.js'

const COMMON = ['id', 'deletedDateTime']

/** A user. The defaults are those of Graph. */
export const userType: EntityType = {
  name: 'user',
  set: 'users',
  service: DIRECTORY,
  defaults: [
    'businessPhones',
    'displayName',
    'givenName',
    'jobTitle',
    'mail',
    'mobilePhone',
    'officeLocation',
    'preferredLanguage',
    'surname',
    'userPrincipalName',
    'id',
  ],
  properties: [
    ...COMMON,
    ...'aboutMe accountEnabled ageGroup assignedLicenses assignedPlans authorizationInfo birthday businessPhones city companyName consentProvidedForMinor country createdDateTime creationType customSecurityAttributes department displayName employeeHireDate employeeId employeeLeaveDateTime employeeOrgData employeeType externalUserState externalUserStateChangeDateTime faxNumber givenName hireDate identities imAddresses interests isManagementRestricted isResourceAccount jobTitle lastPasswordChangeDateTime legalAgeGroupClassification licenseAssignmentStates mail mailNickname mailboxSettings mobilePhone mySite officeLocation onPremisesDistinguishedName onPremisesDomainName onPremisesExtensionAttributes onPremisesImmutableId onPremisesLastSyncDateTime onPremisesProvisioningErrors onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled onPremisesUserPrincipalName otherMails passwordPolicies passwordProfile pastProjects postalCode preferredDataLocation preferredLanguage preferredName provisionedPlans proxyAddresses responsibilities schools securityIdentifier serviceProvisioningErrors showInAddressList signInActivity signInSessionsValidFromDateTime skills sponsors state streetAddress surname usageLocation userPrincipalName userType'.split(
      ' ',
    ),
  ],
}

/** A group. */
export const groupType: EntityType = {
  name: 'group',
  set: 'groups',
  service: DIRECTORY,
  defaults: [
    'id',
    'deletedDateTime',
    'classification',
    'createdDateTime',
    'description',
    'displayName',
    'groupTypes',
    'mail',
    'mailEnabled',
    'mailNickname',
    'proxyAddresses',
    'securityEnabled',
    'visibility',
  ],
  properties: [
    ...COMMON,
    ...'allowExternalSenders assignedLabels assignedLicenses autoSubscribeNewMembers classification createdDateTime description displayName expirationDateTime groupTypes hasMembersWithLicenseErrors hideFromAddressLists hideFromOutlookClients isArchived isAssignableToRole isManagementRestricted isSubscribedByMail licenseProcessingState mail mailEnabled mailNickname membershipRule membershipRuleProcessingState onPremisesDomainName onPremisesLastSyncDateTime onPremisesNetBiosName onPremisesProvisioningErrors onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled preferredDataLocation preferredLanguage proxyAddresses renewedDateTime resourceBehaviorOptions resourceProvisioningOptions securityEnabled securityIdentifier serviceProvisioningErrors theme uniqueName unseenCount visibility'.split(
      ' ',
    ),
  ],
}

/** A user or a group in a list that can contain both. */
export const directoryObjectType: EntityType = {
  name: 'directoryObject',
  set: 'directoryObjects',
  service: DIRECTORY,
  properties: [...new Set([...(userType.properties ?? []), ...(groupType.properties ?? [])])],
}

/** An app registration. */
export const applicationType: EntityType = {
  name: 'application',
  set: 'applications',
  service: DIRECTORY,
  properties: [
    ...COMMON,
    ...'addIns api appId appRoles applicationTemplateId certification createdDateTime createdByAppId defaultRedirectUri description disabledByMicrosoftStatus displayName groupMembershipClaims identifierUris info isDeviceOnlyAuthSupported isFallbackPublicClient keyCredentials nativeAuthenticationApisEnabled notes oauth2RequirePostResponse optionalClaims parentalControlSettings passwordCredentials publicClient publisherDomain requestSignatureVerification requiredResourceAccess samlMetadataUrl serviceManagementReference servicePrincipalLockConfiguration signInAudience spa tags tokenEncryptionKeyId uniqueName verifiedPublisher web'.split(
      ' ',
    ),
  ],
}

/** An app in a tenant, also called enterprise application. */
export const servicePrincipalType: EntityType = {
  name: 'servicePrincipal',
  set: 'servicePrincipals',
  service: DIRECTORY,
  properties: [
    ...COMMON,
    ...'accountEnabled addIns alternativeNames appDescription appDisplayName appId appOwnerOrganizationId appRoleAssignmentRequired appRoles applicationTemplateId customSecurityAttributes createdDateTime description disabledByMicrosoftStatus displayName errorUrl homepage info keyCredentials loginUrl logoutUrl notes notificationEmailAddresses oauth2PermissionScopes passwordCredentials preferredSingleSignOnMode preferredTokenSigningKeyThumbprint publishedPermissionScopes replyUrls resourceSpecificApplicationPermissions samlSingleSignOnSettings servicePrincipalNames servicePrincipalType signInAudience tags tokenEncryptionKeyId verifiedPublisher'.split(
      ' ',
    ),
  ],
}

/** A federated identity credential of an app registration. */
export const federatedType: EntityType = {
  name: 'federatedIdentityCredential',
  set: 'federatedIdentityCredentials',
  service: DIRECTORY,
  properties: 'id name issuer subject description audiences'.split(' '),
}

/** An app permission of a service principal. */
export const appRoleAssignmentType: EntityType = {
  name: 'appRoleAssignment',
  set: 'appRoleAssignments',
  service: DIRECTORY,
  properties:
    'id deletedDateTime appRoleId createdDateTime principalDisplayName principalId principalType resourceDisplayName resourceId'.split(
      ' ',
    ),
}

/** The scopes that a user or an administrator granted to an app. */
export const grantType: EntityType = {
  name: 'oAuth2PermissionGrant',
  set: 'oauth2PermissionGrants',
  service: DIRECTORY,
  properties: 'id clientId consentType principalId resourceId scope startTime expiryTime'.split(
    ' ',
  ),
}

/** A tenant. */
export const organizationType: EntityType = {
  name: 'organization',
  set: 'organization',
  service: DIRECTORY,
  properties: [
    ...COMMON,
    ...'assignedPlans branding businessPhones city country countryLetterCode createdDateTime defaultUsageLocation displayName isMultipleDataLocationsForServicesEnabled marketingNotificationEmails mobileDeviceManagementAuthority onPremisesLastSyncDateTime onPremisesSyncEnabled partnerTenantType postalCode preferredLanguage privacyProfile provisionedPlans securityComplianceNotificationMails securityComplianceNotificationPhones state street technicalNotificationMails tenantType verifiedDomains'.split(
      ' ',
    ),
  ],
}
