// `npm run containers`: tests examples/compose without a container runtime. It follows the Dockerfile of the provider, starts both
// programs with the arguments and variables of compose.yaml in separate network namespaces, and signs in with Chromium. Then it
// does the same with the sessions in PostgreSQL, as compose.postgres.yaml describes it, and runs the tests in Python beside the
// compose.yaml of the provider. It needs Linux, root and the Debian packages iproute2, chromium, postgresql and python3-msal.
import { execFileSync, spawn } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { root, run } from '../../scripts/setup.mjs'

const EXAMPLE = 'examples/compose'
const PROVIDER = 'packages/dev-provider'
/** The folder of the projects, and the files after `-f` of `docker compose`. */
const [projects = '', ...composeFiles] = process.argv.slice(3)
const services = servicesOf(composeFiles)
/** The changes of the image to the files of this machine, which play the base image, and the root folder of its containers. */
const [image, container] = ['image', 'container'].map((name) => join(projects, name))
/** The lines of the Dockerfile: the name and the value of each instruction. */
const dockerfile = readFileSync(`${root}${PROVIDER}/docker/Dockerfile`, 'utf8')
  .split('\n')
  .filter((line) => /^[A-Z]/.test(line))
  .map((line) => line.split(/ (.*)/))
const instructions = Object.fromEntries(dockerfile)
const NETWORK = '10.231.77'
const IDP = `${NETWORK}.2`
const APP = `${NETWORK}.3`
const POSTGRES = `${NETWORK}.4`
const DANA = 'dana@contoso.onmicrosoft.com'

// Inside `unshare`, the network is new and empty. It plays the developer's machine.
if (process.argv[2] === '--inside') await walk()
else if (process.argv[2] === '--build') buildImage()
else prepare()

/** Follows the Dockerfiles, which need the network of the real machine. */
function prepare() {
  const folder = mkdtempSync(join(tmpdir(), 'identity-web-containers-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const pack = (name) => {
    const args = ['pack', `./packages/${name}`, '--pack-destination', folder, '--silent']
    return join(folder, execFileSync('npm', args, { cwd: root, encoding: 'utf8' }).trim())
  }
  const inside = (flags, ...args) => {
    const node = [process.execPath, '--import', import.meta.resolve('tsx')]
    const command = [...node, fileURLToPath(import.meta.url), ...args]
    run('unshare', [...flags, '--mount', '--propagation', 'private', ...command], { cwd: folder })
  }
  cpSync(`${root}${PROVIDER}/docker`, join(folder, 'compose'), { recursive: true })
  renameSync(pack('dev-provider'), join(folder, 'compose/provider.tgz'))
  inside([], '--build', folder)
  cpSync(`${root}${EXAMPLE}/app`, join(folder, 'app'), { recursive: true })
  const install = ['install', '--omit=dev', '--no-audit', '--no-fund', '--silent']
  run('npm', [...install, pack('identity-web')], { cwd: join(folder, 'app') })
  for (const files of [
    [`${EXAMPLE}/compose.yaml`],
    [`${EXAMPLE}/compose.yaml`, `${EXAMPLE}/compose.postgres.yaml`],
    [`${PROVIDER}/docker/compose.yaml`],
  ]) {
    console.log(files.map((file) => `-f ${file}`).join(' '))
    // The walk changes these files.
    cpSync(root + dirname(files[0]), join(folder, 'compose'), { recursive: true })
    inside(['--net'], '--inside', folder, ...files)
  }
}

/** Follows the Dockerfile of the provider in a folder with its tarball. */
function buildImage() {
  mountContainer(true)
  run('chroot', [container, 'useradd', '--create-home', 'node'])
  const cwd = join(container, instructions.WORKDIR)
  for (const [instruction, value] of dockerfile) {
    if (instruction === 'WORKDIR') mkdirSync(cwd)
    if (instruction === 'COPY')
      run('sh', ['-c', `cp ${value.replace(/\S+$/, cwd)}`], { cwd: join(projects, 'compose') })
    if (instruction === 'RUN') {
      const env = { ...process.env, PACKAGE: './provider.tgz' }
      run('chroot', [container, 'sh', '-c', `cd ${instructions.WORKDIR} && ${value}`], { env })
    }
  }
}

/** Mounts the root folder of a container. Without `isWritable`, containers can write only to `/tmp` and to their volumes. */
function mountContainer(isWritable) {
  const mount = (...args) => execFileSync('mount', args, { stdio: 'inherit' })
  const work = join(projects, 'work')
  for (const path of [image, container, work]) mkdirSync(path, { recursive: true })
  const layers = `${isWritable ? 'rw' : 'ro'},lowerdir=/,upperdir=${image},workdir=${work}`
  const volumes = [services.idp, services.app].flatMap((service) => service?.volumes ?? [])
  for (const volume of volumes) mkdirSync(join(image, volume.split(':')[1]), { recursive: true })
  mount('-t', 'overlay', 'overlay', '-o', layers, container)
  mount('--bind', '/dev', join(container, 'dev'))
  mount('-t', 'proc', 'proc', join(container, 'proc'))
  if (isWritable) return
  mount('-t', 'tmpfs', 'tmpfs', join(container, 'tmp'))
  mount('--bind', '/etc/netns/app/hosts', join(container, 'etc/hosts'))
  for (const [source, target] of volumes.map((volume) => volume.split(':'))) {
    const path = join(projects, source.startsWith('.') ? 'compose' : '', source)
    // A new volume has the owner of the folder in the image.
    if (!existsSync(path)) execFileSync('cp', ['--archive', join(image, target), path])
    mount('--bind', path, join(container, target))
  }
}

/** A command in a container of the image. */
function inContainer(command, folder = instructions.WORKDIR) {
  return ['chroot', `--userspec=${instructions.USER}`, container, 'env', '-C', folder, ...command]
}

/** Combines the files as Compose does: an object of a later file adds its values. */
function servicesOf(files) {
  const all = files.map((file) => parse(readFileSync(root + file, 'utf8')).services)
  const merge = (one, other) =>
    isObject(one) && isObject(other)
      ? Object.fromEntries(
          [...new Set([...Object.keys(one), ...Object.keys(other)])].map((key) => [
            key,
            key in other ? merge(one[key], other[key]) : one[key],
          ]),
        )
      : other
  return all.reduce(merge, {})
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

async function walk() {
  createNetworks()
  mountContainer(false)
  const { startIdp, startApp } = programs()
  publish(services.idp.ports[0], IDP)
  if (services.app.ports !== undefined) publish(services.app.ports[0], APP)
  const children = [await startIdp()]
  try {
    await waitUntilHealthy('idp')
    if (services.postgres !== undefined) {
      children.push(await startPostgres())
      await waitUntilHealthy('postgres')
    }
    if (services.app.command === undefined) await visit(children, startApp)
    else runTests()
  } finally {
    for (const child of children) child.kill()
  }
  const codes = await Promise.all(
    children.map((child) => new Promise((resolve) => child.once('exit', resolve))),
  )
  expectEqual(codes[0], 0, 'the provider ends with exit code 0 after SIGTERM')
  process.exit()
}

async function visit(children, startApp) {
  children.push(await startApp())
  await signIn(async () => {
    const app = children.pop()
    const ended = new Promise((resolve) => app.once('exit', resolve))
    app.kill()
    expectEqual(await ended, 0, 'the app ends with exit code 0 after SIGTERM')
    children.push(await startApp())
  })
  expectRejected(`http://${IDP}:5100`)
}

/** Runs the tests of the documentation beside the provider, which only the alias and the certificate in the volume reach. */
function runTests() {
  const page = readFileSync(`${root}${PROVIDER}/docs/control.md`, 'utf8')
  writeFileSync(join(projects, 'compose/test_sign_in.py'), /^```python\n(.*?)^```/ms.exec(page)[1])
  const { command, working_dir: folder, environment } = services.app
  const env = { PATH: '/usr/sbin:/usr/bin:/bin', ...environment }
  const args = ['netns', 'exec', 'app', ...inContainer(command, folder)]
  execFileSync('ip', args, { env, stdio: 'inherit' })
  console.log('✓ the tests in Python pass')
}

function createNetworks() {
  const ip = (...args) => execFileSync('ip', args, { stdio: 'inherit' })
  for (const path of ['/run/netns', '/etc/netns']) {
    mkdirSync(path, { recursive: true })
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', path])
  }
  ip('link', 'set', 'lo', 'up')
  ip('link', 'add', 'bridge0', 'type', 'bridge')
  ip('addr', 'add', `${NETWORK}.1/24`, 'dev', 'bridge0')
  ip('link', 'set', 'bridge0', 'up')
  for (const [name, address] of [
    ['idp', IDP],
    ['app', APP],
    ['postgres', POSTGRES],
  ]) {
    ip('netns', 'add', name)
    ip('link', 'add', `${name}0`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name)
    ip('link', 'set', `${name}0`, 'master', 'bridge0', 'up')
    ip('-n', name, 'addr', 'add', `${address}/24`, 'dev', 'eth0')
    ip('-n', name, 'link', 'set', 'eth0', 'up')
    ip('-n', name, 'link', 'set', 'lo', 'up')
  }
  // The names that the DNS server of Compose knows in the network.
  mkdirSync('/etc/netns/app')
  const names = ['idp', ...services.idp.networks.default.aliases].join(' ')
  const hosts = ['127.0.0.1 localhost', `${IDP} ${names}`, `${POSTGRES} postgres`]
  writeFileSync('/etc/netns/app/hosts', `${hosts.join('\n')}\n`)
}

function programs() {
  const idpCommand = [...JSON.parse(instructions.ENTRYPOINT), ...services.idp.command]
  const appDockerfile = readFileSync(`${root}${EXAMPLE}/app/Dockerfile`, 'utf8')
  const appCommand = JSON.parse(/^CMD (.*)$/m.exec(appDockerfile)[1])
  return {
    startIdp: () => start('idp', inContainer(idpCommand), { ready: 'Press Ctrl+C', cwd: projects }),
    startApp: () =>
      start('app', appCommand, {
        ready: 'Open http://localhost:3000',
        env: services.app.environment,
      }),
  }
}

/** Starts PostgreSQL as its image does: with a new user, password and database, which all hosts can connect to. */
async function startPostgres() {
  const {
    POSTGRES_USER: user,
    POSTGRES_PASSWORD: password,
    POSTGRES_DB,
  } = services.postgres.environment
  const [uid, gid] = ['-u', '-g'].map((option) =>
    execFileSync('id', [option, 'postgres']).toString().trim(),
  )
  const cwd = join(projects, 'postgres')
  const [version] = readdirSync('/usr/lib/postgresql').toSorted((a, b) => b - a)
  const program = (name) => `/usr/lib/postgresql/${version}/bin/${name}`
  const as = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  const exec = (...command) => {
    const env = { ...process.env, PGPASSWORD: password }
    execFileSync('ip', ['netns', 'exec', 'postgres', ...command], { cwd, env })
  }
  mkdirSync(cwd)
  writeFileSync(join(cwd, 'password'), password)
  chownSync(cwd, Number(uid), Number(gid))
  chmodSync(projects, 0o711)
  chownSync(join(cwd, 'password'), Number(uid), Number(gid))
  const init = ['-D', 'data', '-U', user, '--pwfile=password', '--auth=scram-sha-256', '--no-sync']
  exec(...as, program('initdb'), ...init)
  appendFileSync(join(cwd, 'data/pg_hba.conf'), 'host all all all scram-sha-256\n')
  const args = ['-D', 'data', '-c', 'listen_addresses=*', '-c', `unix_socket_directories=${cwd}`]
  const child = await start('postgres', [...as, program('postgres'), ...args], {
    ready: 'ready to accept connections',
  })
  exec(program('createdb'), '--host=127.0.0.1', `--username=${user}`, POSTGRES_DB)
  return child
}

function start(name, command, { ready, env = {}, cwd = join(projects, name) }) {
  // A container has only the variables of its image and of compose.yaml.
  const { PATH, HOME } = process.env
  const child = spawn('ip', ['netns', 'exec', name, ...command], {
    cwd,
    env: { PATH, HOME, ...env },
  })
  let output = ''
  return new Promise((resolve, reject) => {
    const read = (chunk) => {
      output += chunk
      if (output.includes(ready)) resolve(child)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', () => reject(new Error(`${name} ended: ${output}`)))
  })
}

/** Publishes a port of a container on this machine, as `ports` of Compose does. */
function publish(port, address) {
  const [host, hostPort, containerPort] = port.split(':')
  createServer((socket) => {
    const target = connect(Number(containerPort), address)
    socket.pipe(target).pipe(socket)
    socket.on('error', () => target.destroy())
    target.on('error', () => socket.destroy())
  }).listen(Number(hostPort), host)
}

async function waitUntilHealthy(name) {
  const command =
    services[name].healthcheck?.test.slice(1) ??
    inContainer(JSON.parse(/CMD (.*)/.exec(instructions.HEALTHCHECK)[1]))
  execFileSync('ip', ['netns', 'exec', name, ...command])
  console.log(`✓ the health check of ${name} passes`)
}

/** @param restart - Restarts the app. */
async function signIn(restart) {
  const { launchChromium } = await import('../../test/chromium.ts')
  const chromium = await launchChromium()
  try {
    const page = await chromium.newPage()
    await page.goto('http://localhost:3000/')
    expectEqual(
      new URL(page.url()).origin,
      'http://idp.localhost:5100',
      'the app redirects to the provider',
    )
    await page.getByRole('button', { name: /^Dana Lee/ }).click()
    await page.getByRole('button', { name: /accept/i }).click()
    await page.waitForURL('http://localhost:3000/')
    const text = await page.textContent('body')
    expectEqual(text, `Hello, Dana Lee (${DANA})`, 'Dana signs in, and the app calls Graph')
    await restart()
    const again = await page.goto('http://localhost:3000/')
    expectEqual(again.request().redirectedFrom(), null, 'Dana stays signed in')
    const [{ value }] = (await page.context().cookies()).filter(
      ({ domain }) => domain === 'localhost',
    )
    const isInStore = services.postgres !== undefined
    expectEqual(
      value.length < 100,
      isInStore,
      `the cookie is ${isInStore ? 'only an ID' : 'the session'}`,
    )
    const file = join(projects, 'compose/config/identity-dev.json')
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('Dana Lee', 'Dana Miller'))
    const home = await chromium.newPage()
    for (let attempt = 0; attempt < 40; attempt++) {
      await home.goto('http://idp.localhost:5100/')
      if ((await home.content()).includes('Dana Miller')) break
      await home.waitForTimeout(100)
    }
    expectEqual(
      (await home.content()).includes('Dana Miller'),
      true,
      'a change of the file takes effect',
    )
  } finally {
    await chromium.close()
  }
}

function expectRejected(url) {
  const program = `fetch('${url}/').then(({ status }) => console.log(status))`
  const args = ['netns', 'exec', 'app', process.execPath, '-e', program]
  expectEqual(
    execFileSync('ip', args, { encoding: 'utf8' }).trim(),
    '403',
    'the provider rejects its IP address, which is not an allowed host',
  )
}

function expectEqual(actual, expected, text) {
  if (actual !== expected) throw new Error(`${text}: ${actual} instead of ${expected}`)
  console.log(`✓ ${text}`)
}
