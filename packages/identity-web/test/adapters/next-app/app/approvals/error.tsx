'use client'

// oxlint-disable-next-line import/no-default-export -- what Next.js takes
export default function ErrorPage({ error }: { readonly error: { readonly digest?: string } }) {
  return <p role="alert">{error.digest}</p>
}
