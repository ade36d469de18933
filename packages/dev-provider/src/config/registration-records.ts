import type { AppConfig } from './config.js'

/** A client secret that a client of Graph added. */
export interface AddedSecret {
  readonly keyId: string
  readonly secretText: string
  readonly displayName: string | null
  readonly startDateTime: string
  readonly endDateTime: string
}

/** An app's certificate, with the values that a Graph client set. */
export interface KeyRecord {
  readonly keyId: string
  readonly pem: string
  readonly displayName: string | null
}

/** A federated identity credential with the values that the configuration does not contain. */
export interface FederatedRecord {
  readonly id: string
  readonly name: string
  readonly description: string | null
  readonly issuer: string
  readonly subject: string
  readonly audiences: readonly string[]
}

/** The part of an app registration that the configuration cannot contain. */
export interface RegistrationRecord {
  /** `true` if a client of Graph created the app. */
  readonly isCreated: boolean
  readonly createdDateTime: string
  /** `true` if the tenant contains a service principal of the app. */
  hasPrincipal: boolean
  /** The number of further requests that do not find the app, because it is new. */
  hiddenRequests: number
  /** The properties that a Graph client set, as in Graph's JSON. */
  properties: Readonly<Record<string, unknown>>
  secrets: readonly AddedSecret[]
  keys?: readonly KeyRecord[]
  federated?: readonly FederatedRecord[]
}

// The object of an app stays the same while the provider runs, see `replaceConfig`.
const records = new WeakMap<AppConfig, RegistrationRecord>()

/** Returns the record with the values that Graph clients added to an app, or `undefined`. */
export function findRecord(app: AppConfig): RegistrationRecord | undefined {
  return records.get(app)
}

/** Keeps a record for an app. */
export function setRecord(app: AppConfig, record: RegistrationRecord): void {
  records.set(app, record)
}

/** Removes the record with the values that Graph clients added to an app. */
export function forgetRecord(app: AppConfig): void {
  records.delete(app)
}

/** Returns whether a client of Graph created the app. */
export function isCreatedApp(app: AppConfig): boolean {
  return records.get(app)?.isCreated ?? false
}
