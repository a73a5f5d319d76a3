# the proxy for http and https URLs, and the hosts that are reached without it
java -Dhttp.proxyHost=proxy.example.org -Dhttp.proxyPort=3128 \
  -Dhttps.proxyHost=proxy.example.org -Dhttps.proxyPort=3128 \
  -Dhttp.nonProxyHosts='localhost|127.*|*.svc' \
  -jar application.jar
