import type { PackageManager } from '../package-manager.js'

/** The files of a package manager. */
interface ManagerFiles {
  /** Its settings, if its defaults do not fit. */
  readonly settings: { readonly path: string; readonly text: string }
  /** The line of the settings for a package whose install script the project does not need. */
  readonly skip?: (name: string) => string
  /** Lines of `.gitignore` for the files that it generates. `node_modules` is always there. */
  readonly generated?: readonly string[]
}

export const MANAGER_FILES: Readonly<Partial<Record<PackageManager, ManagerFiles>>> = {
  pnpm: {
    settings: {
      path: 'pnpm-workspace.yaml',
      text: `# Without a decision about the scripts of these packages, pnpm install fails.
allowBuilds:
  esbuild: true
`,
    },
    skip: (name) => `  '${name}': false\n`,
  },
  yarn: {
    settings: {
      path: '.yarnrc.yml',
      text: `# Vite and Vitest do not support Plug'n'Play. Yarn 1 does not read this file.
nodeLinker: node-modules
`,
    },
    generated: ['.yarn/install-state.gz'],
  },
}
