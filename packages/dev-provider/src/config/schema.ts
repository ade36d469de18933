import { readFileSync } from 'node:fs'

/** The parts of JSON Schema that `npm run generate` writes to `config.schema.json`. */
export interface Schema {
  readonly $ref?: string
  readonly description?: string
  readonly type?: SchemaType | readonly SchemaType[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
}

export type SchemaType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'null'

/** The schema of the configuration file, with the definitions of its types. */
export interface FileSchema extends Schema {
  readonly properties: Readonly<Record<string, Schema>>
  /** The properties that entries require when the file does not change the defaults. */
  readonly else: Schema
  readonly definitions: Readonly<Record<string, Schema>>
}

let fileSchema: FileSchema | undefined

/** Returns the schema of the configuration file, which the package contains. */
export function readFileSchema(): FileSchema {
  // `src` and `dist` have the same depth.
  const url = new URL('../../config.schema.json', import.meta.url)
  return (fileSchema ??= JSON.parse(readFileSync(url, 'utf8')) as FileSchema)
}

/** Returns a schema without `$ref`. A description next to the reference replaces that of the definition. */
export function dereference(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema
  const definition = readFileSchema().definitions[schema.$ref.replace('#/definitions/', '')]
  const { $ref: _, ...others } = schema
  return { ...definition, ...others }
}

/** Returns the schema of the switches. */
export function behaviourSchema(): Schema {
  return readFileSchema().properties['behaviour'] ?? {}
}

/** Returns the properties that a whole entry of a list requires. */
export function requiredOf(list: string): readonly string[] {
  return readFileSchema().else.properties?.[list]?.items?.required ?? []
}

/** Returns the values that a type of the configuration allows. */
export function valuesOf<Value extends string>(type: string): readonly Value[] {
  return (readFileSchema().definitions[type]?.enum ?? []) as readonly Value[]
}
