/** Returns the path of a page below the folder of the site. */
export function pathTo(page: string): string {
  return `${import.meta.env.BASE_URL.replace(/\/$/, '')}/${page}`
}
