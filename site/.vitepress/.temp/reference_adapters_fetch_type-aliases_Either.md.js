import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: Either<User>","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/fetch/type-aliases/Either.md","filePath":"reference/adapters/fetch/type-aliases/Either.md"}',
)
const _sfc_main = { name: 'reference/adapters/fetch/type-aliases/Either.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/fetch</a> / Either</p><h1 id="type-alias-eitheruser" tabindex="-1">Type Alias: Either&lt;User&gt; <a class="header-anchor" href="#type-alias-eitheruser" aria-label="Permalink to &quot;Type Alias: Either\\&lt;User\\&gt;&quot;">​</a></h1><blockquote><p><strong>Either</strong>&lt;<code>User</code>&gt; = <code>FetchEither</code>&lt;<code>Request</code>, <code>User</code>&gt;</p></blockquote><p>Guards request handlers that accept a session or a bearer token. <code>auth.orBearer(api)</code> returns it.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="user" tabindex="-1">User <a class="header-anchor" href="#user" aria-label="Permalink to &quot;User&quot;">​</a></h3><p><code>User</code></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/fetch/type-aliases/Either.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const Either = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, Either as default }
