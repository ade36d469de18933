// The types of `next/navigation`.
// Next.js resolves this name to its variant for servers, and a name with an extension to that for browsers. Node.js finds
// neither. For that reason it is imported on demand, within Next.js.
declare module 'next/navigation' {
  export { forbidden, redirect } from 'next/navigation.js'
}
