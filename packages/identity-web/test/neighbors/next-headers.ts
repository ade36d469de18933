// In place of `next/headers`, because only a build of Next.js has the requests that it reads. Route handlers read theirs.
export const headers = async (): Promise<Headers> => new Headers()
/** A map has the methods by which cookies are set. */
export const cookies = async (): Promise<Map<string, unknown>> => new Map()
