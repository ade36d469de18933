import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: OnRequest()","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/astro/interfaces/OnRequest.md","filePath":"reference/adapters/astro/interfaces/OnRequest.md"}',
)
const _sfc_main = { name: 'reference/adapters/astro/interfaces/OnRequest.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/astro</a> / OnRequest</p><h1 id="interface-onrequest" tabindex="-1">Interface: OnRequest() <a class="header-anchor" href="#interface-onrequest" aria-label="Permalink to &quot;Interface: OnRequest()&quot;">​</a></h1><p>The middleware that <code>src/middleware.ts</code> exports as <code>onRequest</code>.</p><blockquote><p><strong>OnRequest</strong>(<code>context</code>, <code>next</code>): <code>Promise</code>&lt;<code>Response</code>&gt;</p></blockquote><p>Handles a request. Astro calls it.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="context" tabindex="-1">context <a class="header-anchor" href="#context" aria-label="Permalink to &quot;context&quot;">​</a></h3><p><a href="./AstroContext"><code>AstroContext</code></a></p><p>The context of the request.</p><h3 id="next" tabindex="-1">next <a class="header-anchor" href="#next" aria-label="Permalink to &quot;next&quot;">​</a></h3><p>() =&gt; <code>Promise</code>&lt;<code>Response</code>&gt;</p><p>Runs the rest of Astro.</p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>Promise</code>&lt;<code>Response</code>&gt;</p><p>The response.</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>Errors of pages and of other middleware, and errors of <code>onLogin</code> that are not an <code>IdentityError</code>.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">export</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> onRequest</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> auth.onRequest</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/astro/interfaces/OnRequest.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const OnRequest = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, OnRequest as default }
