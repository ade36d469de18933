// By this name Next.js takes the variant for servers; with an ending it would take that for browsers. Node.js finds
// neither, which is why it is imported only when it is needed, within Next.js.
declare module 'next/navigation' {
  export { redirect } from 'next/navigation.js'
}
