// `npm run check -- packages`: checks the packages as npm publishes them. It unpacks them in a new project outside the
// repository, which imports, requires and type-checks each entry point. The project gets the frameworks from the
// repository, which saves their installation. `npm run release -- --dry-run` installs them, and adds older compilers.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pack } from './pack.mjs'
import { publishedPackages } from './packages.mjs'
import {
  companions,
  dependencies,
  names,
  writeProject,
  writeTsconfig,
} from './release/projects.mjs'
import { build, root, run } from './setup.mjs'

build()
const project = realpathSync(mkdtempSync(join(tmpdir(), 'identity-web-package-')))
process.on('exit', () => rmSync(project, { recursive: true, force: true }))

for (const { folder, name } of publishedPackages()) {
  run('npx', ['publint', '--strict', folder])
  const target = join(project, 'node_modules', name)
  mkdirSync(target, { recursive: true })
  const tarball = join(project, pack(folder, project))
  execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'])
}
// Only the packages that a project would have. A dependency that package.json does not name is missing here, too.
for (const name of [...dependencies(), ...companions()]) {
  const link = join(project, 'node_modules', name)
  mkdirSync(dirname(link), { recursive: true })
  symlinkSync(join(root, 'node_modules', name), link)
}

writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n')
writeProject(project)
for (const file of ['import.mjs', 'require.cjs']) {
  run(process.execPath, ['--no-warnings', file], { cwd: project })
}
const program = 'node_modules/identity-web-cli/bin/identity-web-cli.mjs'
run(process.execPath, [program, 'secret', '--env', '.env'], { cwd: project })
writeTsconfig(project, { module: 'nodenext', files: ['module.ts', 'common.cts'] })
run(process.execPath, [`${root}node_modules/typescript7/bin/tsc`], { cwd: project })
console.log(`A new project imports, requires and type-checks ${names.length} entry points.`)
