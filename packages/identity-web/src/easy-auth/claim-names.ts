const XMLSOAP = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/'
const MICROSOFT = 'http://schemas.microsoft.com/'

/**
 * The names that the platform gives to claims of an ID token, with the names in the token. It uses the default mapping of
 * .NET, but the settings of the platform can turn off a part of it.
 *
 * @see {@link https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities}
 */
const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  [`${XMLSOAP}nameidentifier`, 'sub'],
  [`${XMLSOAP}name`, 'unique_name'],
  [`${XMLSOAP}emailaddress`, 'email'],
  [`${XMLSOAP}givenname`, 'given_name'],
  [`${XMLSOAP}surname`, 'family_name'],
  [`${XMLSOAP}upn`, 'upn'],
  [`${XMLSOAP}dateofbirth`, 'birthdate'],
  [`${XMLSOAP}gender`, 'gender'],
  [`${XMLSOAP}webpage`, 'website'],
  [`${MICROSOFT}identity/claims/objectidentifier`, 'oid'],
  [`${MICROSOFT}identity/claims/tenantid`, 'tid'],
  [`${MICROSOFT}identity/claims/identityprovider`, 'idp'],
  [`${MICROSOFT}identity/claims/scope`, 'scp'],
  [`${MICROSOFT}claims/authnclassreference`, 'acr'],
  [`${MICROSOFT}claims/authnmethodsreferences`, 'amr'],
  [`${MICROSOFT}ws/2008/06/identity/claims/role`, 'roles'],
  [`${MICROSOFT}ws/2008/06/identity/claims/groups`, 'groups'],
  [`${MICROSOFT}ws/2008/06/identity/claims/authenticationinstant`, 'auth_time'],
])

/** Returns the name of a claim as an ID token contains it. Unknown names stay as they are. */
export function shortName(type: string): string {
  return SHORT_NAMES.get(type) ?? type
}
