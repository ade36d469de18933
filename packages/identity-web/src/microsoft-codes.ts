// Finds Microsoft's error codes in a text.

/** Returns the codes of Entra ID, Azure AD B2C and AD FS in a text, without duplicates. */
export function microsoftCodesIn(text: string | undefined): string[] {
  return [...new Set(text?.match(/(?:AADSTS\d{4,8}|AADB2C\d{4,6}|MSIS\d{4,5})(?!\d)/g))]
}
