# the trust store is only needed if the JVM does not trust the certificate of the gateway
read -r -s PUSHGATEWAY_PASSWORD && export PUSHGATEWAY_PASSWORD
java -Djavax.net.ssl.trustStore=trust.p12 -Djavax.net.ssl.trustStorePassword=changeit \
  -cp 'lib/*' io.github.camelpushgateway.doctor.Doctor \
  https://localhost:9091 username=ops
