/**
 * Builds the site of the manual from the pages in the layout of an Antora component, and checks the pages. The entry point is
 * {@link io.github.camelpushgateway.site.SiteBuilder}. In: the folder of the manual. Out: a folder of HTML files.
 */
@NullMarked
package io.github.camelpushgateway.site;

import org.jspecify.annotations.NullMarked;
