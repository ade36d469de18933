// oxlint-disable-next-line import/no-default-export -- what Next.js takes
export default function Loading() {
  return <p>loading</p>
}
