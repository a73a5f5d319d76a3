jbang --deps org.slf4j:slf4j-nop:2.0.17 --main io.github.camelpushgateway.doctor.Doctor \
  io.github.camel-pushgateway:camel-pushgateway:0.1.0-SNAPSHOT http://localhost:9091
