import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: Either<User>","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/fastify/interfaces/Either.md","filePath":"reference/adapters/fastify/interfaces/Either.md"}',
)
const _sfc_main = { name: 'reference/adapters/fastify/interfaces/Either.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/fastify</a> / Either</p><h1 id="interface-eitheruser" tabindex="-1">Interface: Either&lt;User&gt; <a class="header-anchor" href="#interface-eitheruser" aria-label="Permalink to &quot;Interface: Either\\&lt;User\\&gt;&quot;">​</a></h1><p>Guards routes that accept a session or a bearer token. <code>auth.orBearer(api)</code> returns it.</p><p>A request with the scheme <code>Bearer</code> is authenticated by its token alone. A cookie cannot replace a rejected token.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="user" tabindex="-1">User <a class="header-anchor" href="#user" aria-label="Permalink to &quot;User&quot;">​</a></h3><p><code>User</code></p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="required" tabindex="-1">required <a class="header-anchor" href="#required" aria-label="Permalink to &quot;required&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>required</strong>: <a href="./../type-aliases/EitherRequired"><code>EitherRequired</code></a>&lt;<code>User</code>&gt;</p></blockquote><p>Guards a route. A script without a session gets a 401 response with the login URL.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/fastify/interfaces/Either.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const Either = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, Either as default }
