import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: RedisStoreOptions","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/stores/redis/interfaces/RedisStoreOptions.md","filePath":"reference/stores/redis/interfaces/RedisStoreOptions.md"}',
)
const _sfc_main = { name: 'reference/stores/redis/interfaces/RedisStoreOptions.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/redis</a> / RedisStoreOptions</p><h1 id="interface-redisstoreoptions" tabindex="-1">Interface: RedisStoreOptions <a class="header-anchor" href="#interface-redisstoreoptions" aria-label="Permalink to &quot;Interface: RedisStoreOptions&quot;">​</a></h1><p>Options of <code>redisStore</code>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="prefix" tabindex="-1">prefix? <a class="header-anchor" href="#prefix" aria-label="Permalink to &quot;prefix?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>prefix?</strong>: <code>string</code></p></blockquote><p>A prefix for every key. Set it when several applications share one Redis.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>&#39;&#39;</code></p><h4 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h4><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { redisStore } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;identity-web/redis&#39;</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> store</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> redisStore</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(redis, { prefix: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;shop:&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> })</span></span></code></pre></div></div>`)
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/stores/redis/interfaces/RedisStoreOptions.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const RedisStoreOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, RedisStoreOptions as default }
