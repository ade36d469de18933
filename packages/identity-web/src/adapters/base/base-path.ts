/**
 * Returns the options with a `basePath` without a trailing slash. Frameworks write their base path with a slash or without
 * one, and `/` for the root.
 */
export function withoutTrailingSlash<Options extends { readonly basePath?: string | undefined }>(
  options: Options,
): Options {
  const { basePath } = options
  return basePath?.endsWith('/') === true
    ? { ...options, basePath: basePath.slice(0, -1) }
    : options
}
