import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Variable: loginRequired","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/fastify/variables/loginRequired.md","filePath":"reference/adapters/fastify/variables/loginRequired.md"}',
)
const _sfc_main = { name: 'reference/adapters/fastify/variables/loginRequired.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/fastify</a> / loginRequired</p><h1 id="variable-loginrequired" tabindex="-1">Variable: loginRequired <a class="header-anchor" href="#variable-loginrequired" aria-label="Permalink to &quot;Variable: loginRequired&quot;">​</a></h1><blockquote><p><code>const</code> <strong>loginRequired</strong>: <a href="./../interfaces/LoginRequired"><code>LoginRequired</code></a>&lt;<a href="./../../../index/type-aliases/RegisteredUser"><code>RegisteredUser</code></a>&gt;</p></blockquote><p>Guards a route in a file that does not have the <code>Auth</code> object. It finds the <code>Auth</code> of the request&#39;s application.</p><p>The type of its user is the <code>user</code> of <code>Register</code>, or else <code>unknown</code>, because TypeScript does not see the <code>Auth</code>. Scopes of several APIs are detected with the first request, and Fastify&#39;s error handler receives the error.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/orders&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">loginRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">async</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">request</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">reply</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, { </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">user</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> ordersOf</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(user)))</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">@public</span></span></code></pre></div></div>`)
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/fastify/variables/loginRequired.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const loginRequired = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, loginRequired as default }
