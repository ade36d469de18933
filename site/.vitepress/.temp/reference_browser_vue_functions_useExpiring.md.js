import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Function: useExpiring()","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/browser/vue/functions/useExpiring.md","filePath":"reference/browser/vue/functions/useExpiring.md"}',
)
const _sfc_main = { name: 'reference/browser/vue/functions/useExpiring.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/vue</a> / useExpiring</p><h1 id="function-useexpiring" tabindex="-1">Function: useExpiring() <a class="header-anchor" href="#function-useexpiring" aria-label="Permalink to &quot;Function: useExpiring()&quot;">​</a></h1><blockquote><p><strong>useExpiring</strong>(<code>options?</code>): <code>Readonly</code>&lt;<code>ShallowRef</code>&lt;<a href="./../../interfaces/Expiring"><code>Expiring</code></a> | <code>undefined</code>&gt;&gt;</p></blockquote><p>Returns a ref with a warning while the session ends soon.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="options" tabindex="-1">options? <a class="header-anchor" href="#options" aria-label="Permalink to &quot;options?&quot;">​</a></h3><p><a href="./../../interfaces/ExpiringOptions"><code>ExpiringOptions</code></a></p><p>The seconds before the end.</p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>Readonly</code>&lt;<code>ShallowRef</code>&lt;<a href="./../../interfaces/Expiring"><code>Expiring</code></a> | <code>undefined</code>&gt;&gt;</p><p>The ref. Its value is <code>undefined</code> without a warning.</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>Error if the application does not use <code>sessionPlugin()</code>.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> expiring</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> useExpiring</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ secondsBefore: </span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">120</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> })</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/browser/vue/functions/useExpiring.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const useExpiring = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, useExpiring as default }
