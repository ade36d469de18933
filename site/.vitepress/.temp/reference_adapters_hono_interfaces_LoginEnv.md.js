import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: LoginEnv<Known>","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/hono/interfaces/LoginEnv.md","filePath":"reference/adapters/hono/interfaces/LoginEnv.md"}',
)
const _sfc_main = { name: 'reference/adapters/hono/interfaces/LoginEnv.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/hono</a> / LoginEnv</p><h1 id="interface-loginenvknown" tabindex="-1">Interface: LoginEnv&lt;Known&gt; <a class="header-anchor" href="#interface-loginenvknown" aria-label="Permalink to &quot;Interface: LoginEnv\\&lt;Known\\&gt;&quot;">​</a></h1><p>The variables that <code>loginRequired()</code> adds to <code>c.var</code> as middleware.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="known" tabindex="-1">Known <a class="header-anchor" href="#known" aria-label="Permalink to &quot;Known&quot;">​</a></h3><p><code>Known</code> = <a href="./../../express/interfaces/LoginContext"><code>LoginContext</code></a>&lt;<a href="./../../../index/type-aliases/RegisteredUser"><code>RegisteredUser</code></a>&gt;</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="variables" tabindex="-1">Variables <a class="header-anchor" href="#variables" aria-label="Permalink to &quot;Variables&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>Variables</strong>: <code>object</code></p></blockquote><p>The added variables.</p><h4 id="identity" tabindex="-1">identity <a class="header-anchor" href="#identity" aria-label="Permalink to &quot;identity&quot;">​</a></h4><blockquote><p><code>readonly</code> <strong>identity</strong>: <code>Known</code></p></blockquote><p>The signed-in user, and the token if the middleware requires scopes.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/hono/interfaces/LoginEnv.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const LoginEnv = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, LoginEnv as default }
