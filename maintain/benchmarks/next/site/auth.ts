import { Auth, type AuthOptions } from 'identity-web/next'

// A build loads this module without settings.
export const auth = new Auth(JSON.parse(process.env['BENCHMARK_AUTH'] ?? '{}') as AuthOptions)
