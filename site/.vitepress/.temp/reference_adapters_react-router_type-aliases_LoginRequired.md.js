import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: LoginRequired<User>","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/react-router/type-aliases/LoginRequired.md","filePath":"reference/adapters/react-router/type-aliases/LoginRequired.md"}',
)
const _sfc_main = { name: 'reference/adapters/react-router/type-aliases/LoginRequired.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/react-router</a> / LoginRequired</p><h1 id="type-alias-loginrequireduser" tabindex="-1">Type Alias: LoginRequired&lt;User&gt; <a class="header-anchor" href="#type-alias-loginrequireduser" aria-label="Permalink to &quot;Type Alias: LoginRequired\\&lt;User\\&gt;&quot;">​</a></h1><blockquote><p><strong>LoginRequired</strong>&lt;<code>User</code>&gt; = <code>EventLoginRequired</code>&lt;<a href="./../interfaces/RouteArgs"><code>RouteArgs</code></a>, <a href="./../interfaces/HandlerArgs"><code>HandlerArgs</code></a>, <code>User</code>&gt; &amp; <code>LoginMiddleware</code>[<code>&quot;loginRequired&quot;</code>]</p></blockquote><p>Guards loaders and actions of signed-in users. Without a handler, it is a middleware.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="user" tabindex="-1">User <a class="header-anchor" href="#user" aria-label="Permalink to &quot;User&quot;">​</a></h3><p><code>User</code></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/react-router/type-aliases/LoginRequired.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const LoginRequired = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, LoginRequired as default }
