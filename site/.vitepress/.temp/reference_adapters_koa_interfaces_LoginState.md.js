import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: LoginState<Context>","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/koa/interfaces/LoginState.md","filePath":"reference/adapters/koa/interfaces/LoginState.md"}',
)
const _sfc_main = { name: 'reference/adapters/koa/interfaces/LoginState.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/koa</a> / LoginState</p><h1 id="interface-loginstatecontext" tabindex="-1">Interface: LoginState&lt;Context&gt; <a class="header-anchor" href="#interface-loginstatecontext" aria-label="Permalink to &quot;Interface: LoginState\\&lt;Context\\&gt;&quot;">​</a></h1><p>The state that <code>loginRequired()</code> adds as middleware.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="context" tabindex="-1">Context <a class="header-anchor" href="#context" aria-label="Permalink to &quot;Context&quot;">​</a></h3><p><code>Context</code> = <a href="./../../express/interfaces/LoginContext"><code>LoginContext</code></a>&lt;<a href="./../../../index/type-aliases/RegisteredUser"><code>RegisteredUser</code></a>&gt;</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="identity" tabindex="-1">identity <a class="header-anchor" href="#identity" aria-label="Permalink to &quot;identity&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>identity</strong>: <code>Context</code></p></blockquote><p>The signed-in user, and the token if the middleware requires scopes.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/koa/interfaces/LoginState.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const LoginState = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, LoginState as default }
