import * as idToken from './modules-id-token.ts'
import * as logout from './modules-logout.ts'
import type { ConformanceModule, ConformancePlan } from './module.ts'
import * as provider from './modules-provider.ts'

const BASIC: readonly ConformanceModule[] = [
  idToken.success,
  idToken.invalidIss,
  idToken.missingSub,
  idToken.invalidAud,
  idToken.missingIat,
  idToken.kidAbsentSingle,
  idToken.kidAbsentMultiple,
  idToken.signedWithRs256,
  idToken.unsigned,
  idToken.wrongRs256,
  provider.userInfoInvalidSub,
  idToken.nonceInvalid,
  provider.scopeUserInfoClaims,
  provider.clientSecretBasic,
]

const CONFIG: readonly ConformanceModule[] = [
  provider.discoveryConfig,
  provider.discoveryKeys,
  provider.discoveryIssuerMismatch,
  idToken.unsigned,
  provider.keyRotationBeforeSigning,
  provider.keyRotation,
]

/** The variant of plans that leave the choice to the tester. */
const BASIC_CLIENT = {
  client_auth_type: 'client_secret_basic',
  request_type: 'plain_http_request',
  client_registration: 'static_client',
  response_mode: 'default',
}

/** The plans that our tests run, with their modules in the official order. */
export const plans: readonly ConformancePlan[] = [
  {
    name: 'oidcc-client-basic-certification-test-plan',
    profile: 'Basic RP',
    isCertified: true,
    variant: {
      request_type: BASIC_CLIENT.request_type,
      client_registration: BASIC_CLIENT.client_registration,
    },
    modules: BASIC,
  },
  {
    name: 'oidcc-client-formpost-basic-certification-test-plan',
    profile: 'Form Post RP',
    isCertified: true,
    variant: {
      request_type: BASIC_CLIENT.request_type,
      client_registration: BASIC_CLIENT.client_registration,
    },
    options: { responseMode: 'form_post' },
    modules: BASIC,
  },
  {
    name: 'oidcc-client-config-certification-test-plan',
    profile: 'Config RP',
    isCertified: true,
    variant: BASIC_CLIENT,
    modules: CONFIG,
  },
  {
    name: 'oidcc-client-rp-initiated-logout-rp-basic',
    profile: 'RP-Initiated RP',
    isCertified: true,
    variant: BASIC_CLIENT,
    modules: [logout.rpInitLogout, logout.rpInitLogoutOtherState, logout.rpInitLogoutNoState],
  },
  {
    name: 'oidcc-client-front-channel-logout-rp-basic',
    profile: 'Front-Channel RP',
    isCertified: true,
    variant: BASIC_CLIENT,
    modules: [logout.frontChannelRpInitiated],
  },
  {
    name: 'oidcc-client-back-channel-logout-rp-basic',
    profile: 'Back-Channel RP',
    isCertified: true,
    variant: BASIC_CLIENT,
    modules: [
      logout.backChannelLogout,
      logout.backChannelAlgNone,
      logout.backChannelNoEvent,
      logout.backChannelWithNonce,
      logout.backChannelWrongAlg,
      logout.backChannelWrongAud,
      logout.backChannelWrongEvent,
      logout.backChannelWrongIss,
    ],
  },
  {
    name: 'oidcc-client-test-3rd-party-init-login-test-plan',
    profile: '3rd Party-Init RP',
    isCertified: true,
    variant: { response_type: 'code', ...BASIC_CLIENT },
    modules: [logout.thirdPartyInitiated],
  },
  {
    name: 'oidcc-client-refreshtoken-test-plan',
    profile: 'Refresh tokens',
    isCertified: false,
    variant: { response_type: 'code', ...BASIC_CLIENT },
    modules: [provider.refreshToken, provider.refreshInvalidIssuer, provider.refreshInvalidSub],
  },
  {
    name: 'oidcc-client-logout-test-plan',
    profile: 'All other modules about sign-out',
    isCertified: false,
    variant: { response_type: 'code', ...BASIC_CLIENT },
    modules: [logout.frontChannelOpInitiated],
    without: {
      'oidcc-client-test-session-management':
        'identity-web does not load the session iframe of a provider, because browsers block third-party cookies.',
    },
  },
  {
    name: 'oidcc-client-test-plan',
    profile: 'All other modules of OpenID Connect Core and Discovery',
    isCertified: false,
    variant: { response_type: 'code', ...BASIC_CLIENT, response_mode: 'form_post' },
    options: { responseMode: 'form_post' },
    modules: [
      idToken.missingAud,
      provider.userInfoBearerHeader,
      provider.formPostError,
      idToken.wrongHs256,
      idToken.wrongEs256,
      provider.userInfoSigned,
    ],
    without: {
      'oidcc-client-test-userinfo-bearer-body':
        'identity-web sends access tokens in the header only, as RFC 6750 recommends.',
      'oidcc-client-test-aggregated-claims': 'identity-web does not read aggregated claims.',
      'oidcc-client-test-distributed-claims':
        'identity-web reads distributed claims for the groups of Entra ID only.',
      'oidcc-client-test-mtls-endpoint-aliases':
        'identity-web does not authenticate with client certificates of TLS.',
      'oidcc-client-test-discovery-webfinger-acct':
        'The application configures its provider. Users do not choose it.',
      'oidcc-client-test-discovery-webfinger-url':
        'The application configures its provider. Users do not choose it.',
      'oidcc-client-test-dynamic-registration': 'The application is registered in advance.',
      'oidcc-client-test-request-uri-signed-rs256':
        'identity-web does not send authorization requests by reference.',
      'oidcc-client-test-request-uri-signed-none':
        'identity-web does not send authorization requests by reference.',
    },
  },
]
