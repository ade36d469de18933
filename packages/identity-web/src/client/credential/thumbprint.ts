/** Removes the separators that portals and tools put between the digits of a thumbprint. */
export function normalThumbprint(thumbprint: string): string {
  // A thumbprint that was copied from Windows starts with an invisible character.
  return thumbprint.replaceAll(/[\s:\u200e\u200f\ufeff-]/g, '').toLowerCase()
}
