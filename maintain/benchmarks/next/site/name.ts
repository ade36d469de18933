/** The name that the bare pages show. */
export const NAME = 'Alexandra Rivera-Lindqvist 00001'
