// oxlint-disable-next-line import/no-default-export -- what Next.js takes
export default function Guarded() {
  return <pre>&quot;behind the proxy&quot;</pre>
}
