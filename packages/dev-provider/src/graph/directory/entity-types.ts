import type { EntityType } from '../odata/entity.js'

const COMMON = ['id', 'deletedDateTime']

/** A user. The defaults are those of Graph. */
export const userType: EntityType = {
  name: 'user',
  set: 'users',
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

/** An app registration. */
export const applicationType: EntityType = {
  name: 'application',
  set: 'applications',
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
  properties: 'id name issuer subject description audiences'.split(' '),
}

/** An app permission of a service principal. */
export const appRoleAssignmentType: EntityType = {
  name: 'appRoleAssignment',
  set: 'appRoleAssignments',
  properties:
    'id deletedDateTime appRoleId createdDateTime principalDisplayName principalId principalType resourceDisplayName resourceId'.split(
      ' ',
    ),
}

/** The scopes that a user or an administrator granted to an app. */
export const grantType: EntityType = {
  name: 'oAuth2PermissionGrant',
  set: 'oauth2PermissionGrants',
  properties: 'id clientId consentType principalId resourceId scope startTime expiryTime'.split(
    ' ',
  ),
}
