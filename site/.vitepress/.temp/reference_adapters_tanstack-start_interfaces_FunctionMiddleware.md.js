import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: FunctionMiddleware()","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/tanstack-start/interfaces/FunctionMiddleware.md","filePath":"reference/adapters/tanstack-start/interfaces/FunctionMiddleware.md"}',
)
const _sfc_main = { name: 'reference/adapters/tanstack-start/interfaces/FunctionMiddleware.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/tanstack-start</a> / FunctionMiddleware</p><h1 id="interface-functionmiddleware" tabindex="-1">Interface: FunctionMiddleware() <a class="header-anchor" href="#interface-functionmiddleware" aria-label="Permalink to &quot;Interface: FunctionMiddleware()&quot;">​</a></h1><p>The function of a function middleware.</p><blockquote><p><strong>FunctionMiddleware</strong>(<code>args</code>): <code>Promise</code>&lt;<code>any</code>&gt;</p></blockquote><p>Runs around every server function. TanStack Start calls it.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="args" tabindex="-1">args <a class="header-anchor" href="#args" aria-label="Permalink to &quot;args&quot;">​</a></h3><p><a href="./FunctionMiddlewareArgs"><code>FunctionMiddlewareArgs</code></a></p><p>The context, and the function that runs the server function.</p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>Promise</code>&lt;<code>any</code>&gt;</p><p>The result of the server function.</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>A redirect instead of an <a href="./../../../index/classes/IdentityError">IdentityError</a>, and the other errors of the server function.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> signIn</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> createMiddleware</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ type: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;function&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }).</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">server</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(auth.functionMiddleware)</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/tanstack-start/interfaces/FunctionMiddleware.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const FunctionMiddleware = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, FunctionMiddleware as default }
