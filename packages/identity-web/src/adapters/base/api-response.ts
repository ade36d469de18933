import { isResponse, jsonResponse } from '../../fetch-api.ts'

/** Converts the result of a guarded function of an API, where frameworks accept data instead of a response. */
export function toApiResponse(result: unknown): Response {
  return isResponse(result) ? result : jsonResponse(result ?? null)
}
